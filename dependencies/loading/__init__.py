"""The graph of the records as arrays, for countries that are too large for objects."""
