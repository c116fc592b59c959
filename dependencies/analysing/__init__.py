"""Analyses over the records: computed on the whole graph, kept per revision, cut to what the reader may see."""
