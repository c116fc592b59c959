"""The demo city: its data and its people, loaded into an empty installation."""
