"""The records of plans, exercises, situations and situation reviews."""
