"""Pages of the risk register and of the scenarios."""

from risks.views.blueprint import bp
from prepare.insets import Inset, MenuItem

__all__ = ["INSETS", "MENU", "bp"]

MENU: tuple[MenuItem, ...] = ()
INSETS: tuple[Inset, ...] = ()
