"""Forms: what people type, turned into entries."""
