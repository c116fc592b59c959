"""What the rules of this package ask, loaded in few statements."""
