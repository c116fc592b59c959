"""Plain lists with headings of their own: what their columns and words mean."""
