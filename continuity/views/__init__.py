"""Pages of plans."""

from continuity.views.blueprint import bp
from prepare.insets import Inset, MenuItem

__all__ = ["INSETS", "MENU", "bp"]

MENU: tuple[MenuItem, ...] = ()
INSETS: tuple[Inset, ...] = ()
