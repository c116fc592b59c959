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


@dataclass(frozen=True)
class PageSteps:
    """Where one can go from a page: to the one before and after, and to numbered ones; None is a gap."""

    previous: int | None
    numbers: tuple[int | None, ...]
    following: int | None


def page_steps(page: int, pages: int) -> PageSteps:
    """The steps that a list shows: the first and last page and two on either side of this one."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    numbers: list[int | None] = []
    for number, before in zip(near, [0, *near], strict=False):
        numbers += [number] if number == before + 1 else [None, number]
    return PageSteps(page - 1 if page > 1 else None, tuple(numbers), page + 1 if page < pages else None)


def sorting(default: str) -> tuple[str, bool]:
    """The order that the address asks for: its name and whether it falls."""
    wanted = request.args.get("sort", default)
    return wanted.removeprefix("-"), wanted.startswith("-")
