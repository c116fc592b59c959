"""Pages of the package."""

from flask import Blueprint

from prepare.insets import Inset, MenuItem

bp = Blueprint("exports", __name__, template_folder="../templates")
MENU: tuple[MenuItem, ...] = ()
INSETS: tuple[Inset, ...] = ()
