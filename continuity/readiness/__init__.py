"""How ready an organisation is: what it keeps, as the rules see it, and what they find."""
