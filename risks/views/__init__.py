"""Pages of the risk register and of the scenarios."""

from prepare.insets import Inset, MenuItem
from risks.views.blueprint import bp

__all__ = ["INSETS", "MENU", "bp"]

MENU: tuple[MenuItem, ...] = ()
INSETS: tuple[Inset, ...] = ()
