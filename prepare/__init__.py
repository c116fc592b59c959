"""What must run: organisations, people and critical functions."""
