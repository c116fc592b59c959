"""Every change to what this package keeps, one module for each kind of record."""
