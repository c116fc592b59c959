"""Readings of this package; every query begins with the scope that the reader has."""
