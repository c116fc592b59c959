"""Reserves that several functions count on: whether there is enough when all of them call at once."""
