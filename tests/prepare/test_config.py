"""Settings: read once, checked at start, and every mistake gets one clear sentence."""

import errno
import os
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from prepare.config import BadSetting, Settings, read
from prepare.texts import speaking

KEY, OTHER_KEY = "k" * 32, "o" * 32


def given(tmp_path, **settings):
    """The settings read from these variables, named without their prefix."""
    environ = {"INSTANCE": str(tmp_path / "instance"), **settings}
    return read({f"PREPARE_{name}": value for name, value in environ.items()})


def sentence(tmp_path, **settings):
    """The sentence with which these settings are refused."""
    with pytest.raises(BadSetting) as refused:
        given(tmp_path, **settings)
    with speaking("en"):
        return refused.value.text()


def test_without_any_setting_the_defaults_hold(tmp_path):
    settings = given(tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path}/instance/prepare.sqlite"
    assert (settings.port, settings.language, settings.is_demo, settings.is_https) == ("8765", "fi", False, False)


def test_keys_that_are_not_given_are_made_and_kept(tmp_path):
    first, second = given(tmp_path), given(tmp_path)

    assert (first.secret_key, first.audit_key) == (second.secret_key, second.audit_key)
    assert first.secret_key != first.audit_key
    assert len(first.secret_key) == 64


def test_keys_and_their_folder_are_for_the_owner_only(tmp_path):
    given(tmp_path)

    folder = tmp_path / "instance"
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_two_installations_have_different_keys(tmp_path):
    one, other = given(tmp_path / "a"), given(tmp_path / "b")

    assert len({one.secret_key, one.audit_key, other.secret_key, other.audit_key}) == 4


def test_given_keys_are_used_and_not_written_down(tmp_path):
    settings = given(tmp_path, SECRET_KEY=KEY, AUDIT_KEY=OTHER_KEY)

    assert (settings.secret_key, settings.audit_key) == (KEY, OTHER_KEY)
    assert list((tmp_path / "instance").iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"PORT": "http"}, "PREPARE_PORT"),
        ({"PORT": "70000"}, "PREPARE_PORT"),
        ({"PORT": "-1"}, "PREPARE_PORT"),
        ({"PROXIES": "yes"}, "PREPARE_PROXIES"),
        ({"LANGUAGE": "de"}, "PREPARE_LANGUAGE"),
        ({"BASE_URL": "prepare.example.fi"}, "PREPARE_BASE_URL"),
        ({"BASE_URL": "javascript:alert(1)"}, "PREPARE_BASE_URL"),
        ({"SMTP_URL": "smtps://mail.example.fi"}, "PREPARE_MAIL_FROM"),
        ({"SECRET_KEY": "short"}, "PREPARE_SECRET_KEY"),
        ({"AUDIT_KEY": "short"}, "PREPARE_AUDIT_KEY"),
        ({"SECRET_KEY": KEY, "AUDIT_KEY": KEY}, "PREPARE_AUDIT_KEY"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, settings, named):
    assert named in sentence(tmp_path, **settings)


def test_a_refused_setting_leaves_no_folder_behind(tmp_path):
    sentence(tmp_path, PORT="http")

    assert list(tmp_path.iterdir()) == []


def test_a_key_is_never_shown_in_the_sentence(tmp_path):
    assert "hunter2" not in sentence(tmp_path, SECRET_KEY="hunter2")


def test_a_folder_that_cannot_be_written_gives_one_clear_sentence(tmp_path):
    (tmp_path / "instance").write_text("a file stands in the way", encoding="utf-8")

    told = sentence(tmp_path, SECRET_KEY="")

    assert "cannot be written" in told
    assert str(tmp_path / "instance") in told


def test_a_full_disk_gives_the_same_sentence_with_its_reason(tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "touch", full)

    told = sentence(tmp_path, SECRET_KEY="")

    assert "cannot be written (No space left on device)" in told
    assert "PREPARE_INSTANCE" in told


def test_an_empty_variable_means_the_default(tmp_path):
    assert given(tmp_path, PORT="", LANGUAGE="").port == "8765"


@pytest.mark.parametrize(
    ("base_url", "hosts"),
    [
        ("", {"127.0.0.1", "localhost", "::1"}),
        ("https://Prepare.Town.example:8443/", {"prepare.town.example", "127.0.0.1", "localhost", "::1"}),
    ],
)
def test_requests_may_name_the_installation_and_loopback(tmp_path, base_url, hosts):
    assert given(tmp_path, BASE_URL=base_url).hosts == hosts


def test_every_setting_names_its_variable_and_says_what_it_means():
    variables = [field.metadata["variable"] for field in fields(Settings)]

    assert len(variables) == len(set(variables))
    assert all(variable.startswith("PREPARE_") for variable in variables)
    assert all(field.metadata["meaning"] for field in fields(Settings))


def test_settings_do_not_change_while_the_installation_runs(tmp_path):
    with pytest.raises(AttributeError):
        given(tmp_path).port = "1"
