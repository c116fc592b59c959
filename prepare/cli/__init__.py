"""The command `prepare`: what an installation's keeper and scripts use."""
