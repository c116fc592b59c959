"""Forms of this package."""
