"""The records of plans, situations and situation reviews."""
