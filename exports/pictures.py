"""A picture on a sheet, with what it shows in words."""

from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from exports.book import Book

#: Height of a row in pixels that a picture covers.
ROW_PX = 20.0
#: The highest picture that a page still holds below the sheet's title.
MOST_PX = 500.0


def place(book: Book, sheet: Worksheet, picture: bytes, row: int, width_px: int, name: str, shows: str) -> int:
    """Put a PNG at the left edge, no higher than a page holds, and give the first free row below it."""
    image = Image(BytesIO(picture))
    scale = min(width_px / image.width, MOST_PX / image.height)
    height = image.height * scale
    image.width, image.height = int(image.width * scale), int(height)
    sheet.add_image(image, f"A{row}")
    book.picture_texts.setdefault(sheet.title, []).append((name, shows))
    below = row + int(height / ROW_PX) + 2
    book.keep_together(sheet, row, below - 3)
    return below
