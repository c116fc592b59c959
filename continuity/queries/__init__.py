"""Readings of what this package keeps, one module for each kind of record."""
