"""Every change to organisations, people and functions."""
