"""What tests of workbooks, jobs and schedules have in common."""

from typing import Any

import pytest
from flask import Flask

from prepare.cli import acting, holding, installation


@pytest.fixture
def inside(app: Flask, monkeypatch: Any) -> None:
    """Workers and commands work in the house under test."""
    for module in (acting, holding, installation):
        monkeypatch.setattr(module, "application", lambda: app)
    for module in (acting, installation):
        monkeypatch.setattr(module, "settings", lambda: app.config["SETTINGS"])
