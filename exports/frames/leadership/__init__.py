"""The sheets of the leadership report (C): how bad it is, how likely it is mended, what must be decided."""
