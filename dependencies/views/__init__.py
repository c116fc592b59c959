"""Pages of the package."""

from flask import Blueprint

from prepare.insets import Inset, MenuItem

bp = Blueprint("dependencies", __name__, template_folder="../templates")
MENU: tuple[MenuItem, ...] = ()
INSETS: tuple[Inset, ...] = ()
