"""Records read together, as several pages and findings need them."""
