"""The sheets of the readiness report (B): what central administration reads of all sectors."""
