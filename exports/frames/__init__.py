"""What the sheets hold: the same queries and rules as the pages, as rows."""
