"""Records of what is handed over and taken in."""
