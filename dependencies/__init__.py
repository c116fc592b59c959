"""How it spreads: needs, interfaces and the cascade."""
