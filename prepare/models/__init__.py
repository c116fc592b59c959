"""The records of organisations, people, functions and code lists."""
