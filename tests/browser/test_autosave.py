"""Nothing that is typed is lost: the server is killed, the session ends, and the text is there again (P19)."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from prepare.sow.users import DEMO_PASSWORD


@dataclass
class House:
    """An installation in a process of its own, which can be killed and started again on the same port."""

    environ: dict[str, str]
    port: int
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Serve, and wait until the first page is answered."""
        command = [sys.executable, "-m", "prepare", "serve"]
        quiet: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running.append(subprocess.Popen(command, env=self.environ, **quiet))
        for _try in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise TimeoutError

    def kill(self) -> None:
        """End the process at once, as a crash does."""
        process = self.running.pop()
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture
def house(app: Flask, demo_file: Path, tmp_path: Path) -> Iterator[House]:
    """The demo city served by a process of its own."""
    shutil.copyfile(demo_file, tmp_path / "prepare.sqlite")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = app.config["SETTINGS"]
    ours = {"INSTANCE": str(tmp_path), "DEMO": "1", "PORT": str(port)}
    ours |= {"SECRET_KEY": keys.secret_key, "AUDIT_KEY": keys.audit_key}
    found = House({**os.environ, **{f"PREPARE_{name}": value for name, value in ours.items()}}, port)
    found.start()
    yield found
    while found.running:
        found.kill()


def sign_in(page: Page) -> None:
    """Fill in the sign-in page on which the browser is."""
    page.fill("main input[name=email]", "kas.contact@merikaupunki.example")
    page.fill("main input[type=password]", DEMO_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def test_what_is_typed_survives_a_crash_and_the_end_of_the_session(house: House, browser: Browser) -> None:
    context = browser.new_context(locale="fi-FI")
    page, address = context.new_page(), f"http://127.0.0.1:{house.port}"
    page.goto(f"{address}/sign-in")
    sign_in(page)
    page.goto(f"{address}/plans/?q=PL-09")
    page.locator("#results tbody a").first.click()
    page.locator("form[action$='/begin'] button").first.click()
    page.locator("#section-12 a").click()
    told = page.locator("[data-draft]")

    page.locator("[name=text]").press_sequentially("Paluusta päättää johtaja.")
    expect(told).to_contain_text("Luonnos tallessa klo", timeout=10_000)
    house.kill()
    page.locator("[name=text]").press_sequentially(" Ensin pienet.")
    expect(told).to_contain_text("Ei yhteyttä", timeout=10_000)
    house.start()
    expect(told).to_contain_text("Luonnos tallessa klo", timeout=20_000)

    page.reload()
    assert page.locator("[name=text]").input_value() == "Paluusta päättää johtaja. Ensin pienet."
    expect(page.get_by_text("Sitä ei ole vielä tallennettu.")).to_be_visible()

    context.clear_cookies()
    page.locator("[name=text]").press("Control+End")
    page.locator("[name=text]").press_sequentially(" Sitten muut.")
    expect(told).to_contain_text("Istuntosi on päättynyt", timeout=10_000)
    told.locator("a").click()
    sign_in(page)
    assert "Sitten muut." in page.locator("[name=text]").input_value()
    page.locator("main .desk__main form").get_by_role("button", name="Tallenna").click()
    page.wait_for_load_state()
    page.goto(page.url.split("#")[0].replace("/editor", "/sections/12"))
    assert page.locator("[name=text]").input_value() == "Paluusta päättää johtaja. Ensin pienet. Sitten muut."
    expect(page.get_by_text("Sitä ei ole vielä tallennettu.")).to_have_count(0)
    context.close()
