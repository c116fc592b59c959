"""Every register in one declaration, from which its files, its part of the API and its description are made."""
