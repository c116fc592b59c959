"""The records of scenarios, risks, measures and local safety planning."""
