"""Handing over and taking in: every file that leaves or enters the house is told to the trail."""
