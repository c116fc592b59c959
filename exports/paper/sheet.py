"""The pages of a document: edges with marking and page number, headings, texts, tables and steps to tick.

This is the one place that knows the PDF library; it is heavy to load, so it is loaded when a document is made.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from prepare.texts import _

FONTS = Path(__file__).parents[2] / "prepare" / "static" / "vendor" / "source-sans-3"
FONT, FURTHER = "Source Sans 3", "Further signs"
LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
#: No line of a page holds more letters than these.
LONGEST_WORD = 120
#: Millimetres: margins.
LEFT, TOP, BOTTOM = 20, 24, 20
INK, QUIET, LINE, WARNING, GROUND = (0, 0, 0), (90, 90, 90), (190, 190, 190), (165, 20, 47), (240, 240, 240)


@dataclass(frozen=True)
class Edges:
    """What every page says of itself: the marking at its top, and the document at its foot."""

    marking: str
    is_secret: bool
    foot: str


@dataclass(frozen=True)
class About:
    """What the file says of itself, so that an archive can file it without opening it."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    made_at: datetime


class Sheets:
    """A document that is written from its top down."""

    def __init__(self, edges: Edges, about: About, *, compressed: bool = True) -> None:
        self.pdf = _paper(edges)
        self.pdf.set_compression(compressed)
        self.pdf.set_title(about.title)
        self.pdf.set_author(about.author)
        self.pdf.set_subject(about.subject)
        self.pdf.set_keywords(about.keywords)
        self.pdf.set_lang(LOCALES[about.language])
        self.pdf.set_creator("prepare")
        self.pdf.set_producer("prepare")
        self.pdf.set_creation_date(about.made_at)
        self.pdf.add_page()

    def title(self, text: str, under: str) -> None:
        """The name of the document in large type, with a line under it."""
        self._write(text, 24, bold=True)
        self._write(under, 12, colour=QUIET)
        self.pdf.ln(3)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Labels with their values, one to a line; what is empty is left out."""
        for label, value in facts:
            if value:
                self.pdf.set_font(FONT, "B", 10.5)
                self.pdf.cell(52, 6, label)
                self.pdf.set_font(FONT, "", 10.5)
                self.pdf.multi_cell(0, 6, value, new_x="LMARGIN", new_y="NEXT", align="L")
        self.pdf.ln(3)

    def contents(self, title: str) -> None:
        """A list of the headings with their pages, which are known at the end; what follows begins a page."""
        self._write(title, 14, bold=True)
        self.pdf.insert_toc_placeholder(_write_contents, pages=1, allow_extra_pages=True)

    def heading(self, text: str, level: int = 0) -> None:
        """A heading, which the list of contents names, kept together with what begins under it."""
        if self.pdf.will_page_break(30):
            self.pdf.add_page()
        self.pdf.ln(4 if level else 6)
        self.pdf.start_section(text, level=level)
        self._write(text, 12.5 if level else 15, bold=True)
        self.pdf.ln(1)

    def text(self, text: str, *, quiet: bool = False) -> None:
        """A text as it was written, line by line."""
        self._write(text, 9.5 if quiet else 11, colour=QUIET if quiet else INK)
        self.pdf.ln(1.5)

    def table(self, widths: Sequence[int], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table as wide as the page; its headings stand again on every page that it reaches."""
        from fpdf.fonts import FontFace

        self.pdf.set_font(FONT, "", 9.5)
        self.pdf.set_draw_color(*LINE)
        head = FontFace(emphasis="BOLD", fill_color=GROUND)
        with self.pdf.table(
            col_widths=tuple(widths),
            text_align="LEFT",
            v_align="TOP",
            line_height=4.6,
            padding=1.4,
            headings_style=head,
        ) as table:
            for row in [headings, *rows]:
                table.row(list(row))
        self.pdf.ln(2)

    def card(self, title: str, lines: Sequence[str], steps: Sequence[tuple[str, str]]) -> None:
        """A page of its own in large type: a title, lines under it, and steps with a box to tick."""
        if self.pdf.get_y() > TOP:  # nothing stands yet on the page that follows the contents
            self.pdf.add_page()
        self.pdf.start_section(title, level=1)
        self._write(title, 24, bold=True)
        for line in lines:
            self._write(line, 13, colour=QUIET)
        self.pdf.ln(4)
        for what, who in steps:
            self._step(what, who)

    def to_bytes(self) -> bytes:
        """The finished document; alike for alike contents."""
        return bytes(self.pdf.output())

    def _step(self, what: str, who: str) -> None:
        if self.pdf.will_page_break(20):
            self.pdf.add_page()
        y = self.pdf.get_y()
        self.pdf.set_draw_color(*INK)
        self.pdf.set_line_width(0.6)
        self.pdf.rect(LEFT, y + 1, 7, 7)
        self.pdf.set_line_width(0.2)
        self.pdf.set_x(LEFT + 12)
        self._write(what, 15, left=LEFT + 12)
        if who:
            self._write(who, 13, bold=True, left=LEFT + 12)
        self.pdf.set_y(max(self.pdf.get_y(), y + 9) + 2)
        self.pdf.set_draw_color(*LINE)
        self.pdf.line(LEFT, self.pdf.get_y(), 210 - LEFT, self.pdf.get_y())
        self.pdf.ln(3)

    def _write(
        self, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK, left: float = LEFT
    ) -> None:
        self.pdf.set_font(FONT, "B" if bold else "", size)
        self.pdf.set_text_color(*colour)
        wide = 210 - LEFT - left - 2 * self.pdf.c_margin
        for line in text.split("\n"):
            if not line.strip():
                self.pdf.ln(size * 0.3)
                continue
            for part in wrapped(line, wide, self.pdf.get_string_width):
                self.pdf.set_x(left)
                self.pdf.cell(0, size * 0.47, part, new_x="LMARGIN", new_y="NEXT", align="L")
        self.pdf.set_text_color(*INK)


def wrapped(line: str, wide: float, width: Callable[[str], float]) -> Iterator[str]:
    """A line of text as lines that are no wider than `wide`, broken between words, and inside one that is too long.

    The library can do the same in far more time; each word is measured once here, so that a long plan is no wait.
    """
    measured = lru_cache(maxsize=20_000)(width)
    blank, taken, kept = measured(" "), 0.0, list[str]()
    for word in _pieces(line, wide, measured):
        if kept and taken + blank + measured(word) > wide:
            yield " ".join(kept)
            taken, kept = 0.0, []
        taken += (blank if kept else 0.0) + measured(word)
        kept.append(word)
    yield " ".join(kept)


def _pieces(line: str, wide: float, width: Callable[[str], float]) -> Iterator[str]:
    """The words of a line; one that is wider than the page in pieces that are not."""
    for word in line.split(" "):
        rest = word
        while width(rest[:LONGEST_WORD]) > wide or len(rest) > LONGEST_WORD:
            fits = next(n for n in range(LONGEST_WORD, 0, -1) if n == 1 or width(rest[:n]) <= wide)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _paper(edges: Edges) -> Any:
    """An empty document whose pages write their own edges."""
    from fpdf import FPDF

    class Paper(FPDF):
        """A4 with a marking at the top of every page, and at its foot the document and the page."""

        def header(self) -> None:
            self.set_y(10)
            self.set_font(FONT, "B", 10)
            self.set_text_color(*(WARNING if edges.is_secret else QUIET))
            self.multi_cell(0, 4.5, edges.marking, align="C", new_x="LMARGIN", new_y="NEXT")
            self.set_text_color(*INK)
            self.set_y(TOP)

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FONT, "", 8.5)
            self.set_text_color(*QUIET)
            number = f"{_('Page')} {self.page_no()} / {{nb}}"
            self.cell(0, 5, edges.foot)
            self.set_x(LEFT)
            self.cell(0, 5, number, align="R")
            self.set_text_color(*INK)

    pdf = Paper(format="A4")
    pdf.set_margins(LEFT, TOP, LEFT)
    pdf.set_auto_page_break(True, BOTTOM)
    for style, name in (("", "regular"), ("B", "bold")):
        pdf.add_font(FONT, style, FONTS / f"source-sans-3-{name}.ttf")
    further = _further_font()
    if further:
        pdf.add_font(FURTHER, "", further)
        pdf.set_fallback_fonts([FURTHER], exact_match=False)
    return pdf


def _further_font() -> Path | None:
    """The font that comes with the drawing library, for signs that the house's own type lacks."""
    found = find_spec("matplotlib")
    places = [Path(place) for place in found.submodule_search_locations or ()] if found else []
    fonts = [place / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf" for place in places]
    return next((font for font in fonts if font.exists()), None)


def _write_contents(pdf: Any, outline: Sequence[Any]) -> None:
    for one in outline:
        pdf.set_font(FONT, "" if one.level else "B", 10.5)
        pdf.set_x(LEFT + 6 * one.level)
        y, page = pdf.get_y(), str(one.page_number)
        pdf.multi_cell(155 - 6 * one.level, 5.6, one.name, align="L", new_x="LMARGIN", new_y="TOP")
        below = pdf.get_y()
        pdf.set_xy(210 - LEFT - 15, y)
        pdf.cell(15, 5.6, page, align="R", link=pdf.add_link(page=one.page_number))
        pdf.set_xy(LEFT, max(below, y + 5.6))
