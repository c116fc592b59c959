"""What threatens it: scenarios and the risk register."""
