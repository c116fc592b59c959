"""A picture on a sheet, with what it shows in words."""

from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.book import Book

#: Height of a row in pixels that a picture covers.
ROW_PX = 20.0
#: A picture that is higher than this leaves the rest of its page empty.
LEAST_PAGE_PX = 330.0


def place(book: Book, sheet: Worksheet, picture: bytes, row: int, width_px: int, name: str, shows: str) -> int:
    """Put a PNG at the left edge and give the first free row below it; a high one has a page of its own."""
    image = Image(BytesIO(picture))
    height = image.height * width_px / image.width
    image.width, image.height = width_px, int(height)
    sheet.add_image(image, f"A{row}")
    book.picture_texts.setdefault(sheet.title, []).append((name, shows))
    below = row + int(height / ROW_PX) + 2
    if height > LEAST_PAGE_PX:
        sheet.row_breaks.append(Break(id=below - 1))
    return below
