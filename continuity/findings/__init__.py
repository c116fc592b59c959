"""Findings: what is missing, why it matters and how to mend it (domain.md 2.5)."""
