"""The gate: who comes in, which way is open, and what every answer carries."""
