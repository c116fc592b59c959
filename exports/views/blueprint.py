"""The room of this package: its pages join it when they are read."""

from flask import Blueprint

bp = Blueprint("exports", "exports.views", template_folder="../templates")
