"""The version of the program: what a stored result says that it came from."""

VERSION = "0.1.0"
