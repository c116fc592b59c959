"""How ready sectors and the city are: indicators, scores, caps and levels, from plain values (domain.md 4)."""
