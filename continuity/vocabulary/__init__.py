"""Words that are stored, one module for each kind of record."""
