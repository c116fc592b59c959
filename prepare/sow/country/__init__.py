"""A synthetic country of any size, for trying how the house carries many municipalities, functions and needs."""
