"""Readings of the house's own records; every query begins with the scope that the reader has."""
