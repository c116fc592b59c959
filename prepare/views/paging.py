"""Paging of lists: odd numbers mean the first page, and a page never holds more than fifty rows."""

from dataclasses import dataclass

from flask import request

PAGE_SIZE = 50


@dataclass(frozen=True)
class Paging:
    """Which page of how many, and how many rows there are in all."""

    page: int
    pages: int
    total: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * PAGE_SIZE


def paging(total: int) -> Paging:
    """The page that the address asks for, kept inside the list."""
    pages = max(1, -(-total // PAGE_SIZE))
    wanted = request.args.get("page", "1")
    page = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1
    return Paging(min(max(page, 1), pages), pages, total)


def sorting(default: str) -> tuple[str, bool]:
    """The order that the address asks for: its name and whether it falls."""
    wanted = request.args.get("sort", default)
    return wanted.removeprefix("-"), wanted.startswith("-")
