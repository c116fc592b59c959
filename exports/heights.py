"""How tall rows are, so that every line of their texts is seen in Excel and LibreOffice alike."""

from functools import cache

LEAST_HEIGHT = 19.0
LINE_HEIGHT = 15.0
#: The file format knows no taller row.
GREATEST_HEIGHT = 409.0


@cache
def of_lines(lines: int) -> float:
    """The height of a row whose tallest cell has so many lines, in points."""
    return min(GREATEST_HEIGHT, max(LEAST_HEIGHT, lines * LINE_HEIGHT + 4))
