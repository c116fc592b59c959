"""How the registers that take lists keep their records."""
