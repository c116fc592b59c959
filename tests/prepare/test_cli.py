"""The command `prepare`: what it prints, what it changes, and how it ends."""

import json
import os
import socket
import sys
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from prepare.cli import command, installation, service
from prepare.db import db
from prepare.errors import PrepareError
from tests import conftest


class Shell:
    """Runs the command on an installation of its own."""

    def run(self, *arguments: str, stdin: str | None = None) -> Result:
        """The command's output and exit code; a refusal stands in `.exception`."""
        return CliRunner().invoke(command.prepare, arguments, input=stdin)

    def json(self, *arguments: str) -> object:
        """What the command prints for a script."""
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.output)


@pytest.fixture
def folder(tmp_path, monkeypatch, other_database) -> Path:
    """An empty installation that the command finds by its environment."""
    monkeypatch.setenv("PREPARE_DATABASE_URL", other_database(tmp_path))
    monkeypatch.setenv("PREPARE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PREPARE_SECRET_KEY", conftest.SECRET_KEY)
    monkeypatch.setenv("PREPARE_AUDIT_KEY", conftest.AUDIT_KEY)
    monkeypatch.setenv("PREPARE_LANGUAGE", "en")
    installation.settings.cache_clear()
    installation.application.cache_clear()
    yield tmp_path
    if installation.application.cache_info().currsize:
        with installation.application().app_context():
            db.session.remove()
            db.engine.dispose()
    installation.settings.cache_clear()
    installation.application.cache_clear()


@pytest.fixture
def shell(folder) -> Shell:
    """The command on an empty installation."""
    return Shell()


@pytest.fixture
def demo_shell(folder, demo_file, monkeypatch, other_database) -> Shell:
    """The command on the demo city."""
    monkeypatch.setenv("PREPARE_DATABASE_URL", other_database(folder, demo_file))
    return Shell()


def test_every_command_explains_itself(shell):
    def walk(group, *names):
        for name, one in group.commands.items():
            result = shell.run(*names, name, "--help")
            assert result.exit_code == 0
            assert one.help, name
            if isinstance(one, click.Group):
                walk(one, *names, name)

    walk(command.prepare)
    assert set(command.prepare.commands) >= {"serve", "migrate", "sow", "trace", "export", "user", "check", "routes"}


def test_a_wrong_word_ends_with_2(shell):
    assert shell.run("tarce").exit_code == 2
    assert shell.run("trace").exit_code == 2
    assert shell.run("trace", "--function", "F-KES-01").exit_code == 2


def test_sow_fills_an_empty_installation_once(shell):
    counts = shell.json("sow")
    again = shell.run("sow")

    assert counts["function"] == 118
    assert again.exit_code == 1
    assert isinstance(again.exception, PrepareError)


def test_the_first_administrator_needs_a_city_and_gets_a_password(shell):
    shell.run("migrate")
    add = ("user", "add", "--email", "Keeper@Town.example", "--name", "Keeper", "--role", "admin")

    refused = shell.run(*add)
    added = shell.run(*add, "--city", "Koekaupunki", "--password-stdin", stdin="a quiet winter harbour\n")

    assert refused.exit_code == 1
    assert added.exit_code == 0, added.output
    assert "quiet" not in added.output
    assert shell.json("user", "list") == [{"email": "keeper@town.example", "name": "Keeper", "disabled": False}]
    assert shell.run("audit", "verify").output.splitlines()[-1] == "The trail holds."


def test_a_short_password_is_refused(shell):
    shell.run("migrate")
    add = ("user", "add", "--email", "k@town.example", "--name", "K", "--role", "admin", "--city", "T")

    assert shell.run(*add, "--password-stdin", stdin="short\n").exit_code == 1
    assert shell.json("user", "list") == []


def test_settings_are_listed_without_the_keys(shell):
    listed = {row["variable"]: row for row in shell.json("check", "settings")}

    assert listed["PREPARE_LANGUAGE"]["value"] == "en"
    assert all(row["meaning"] for row in listed.values())
    assert conftest.SECRET_KEY not in str(listed)
    assert conftest.AUDIT_KEY not in str(listed)


def test_a_database_without_tables_is_told_apart_from_an_empty_one(shell):
    assert shell.run("audit", "verify").exit_code == 1


def test_the_trail_is_verified(demo_shell, folder):
    told = demo_shell.json("audit", "verify")
    assert told["holds"]
    assert told["entries"] > 0
    with installation.application().app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET user_name = 'somebody else'")
    tampered = demo_shell.run("audit", "verify")

    assert tampered.exit_code == 1
    assert "1: Changed after it was written. Who, when or what" in tampered.output
    assert tampered.output.splitlines()[-1] == "The trail does not hold."


def test_the_trail_is_anchored_as_it_grows_and_by_command(demo_shell, folder):
    demo_shell.json("audit", "verify")
    written = (folder / "anchors.log").read_text().splitlines()

    told = demo_shell.json("audit", "anchor")

    assert len((folder / "anchors.log").read_text().splitlines()) == len(written) + 1
    assert told["entries"] == 2
    assert demo_shell.json("audit", "verify")["anchors"] == len(written) + 1


def test_the_trail_is_handed_over_by_command(demo_shell, folder):
    text, book = folder / "loki.csv", folder / "loki.xlsx"

    assert demo_shell.run("audit", "export", "--from", "2000-01-01", "--out", str(text)).exit_code == 0
    assert demo_shell.run("audit", "export", "--lang", "sv", "--out", str(book)).exit_code == 0

    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    assert book.read_bytes().startswith(b"PK")
    assert demo_shell.run("audit", "export", "--from", "yesterday", "--out", str(text)).exit_code == 1


def test_routes_are_listed_with_their_rules(demo_shell):
    routes = {row["route"]: row for row in demo_shell.json("routes")}

    assert routes["/risks/<uuid:ref>/assess"]["action"] == "risk:assess"
    assert all(row["opens"] for row in routes.values())


def test_a_scenario_is_traced(demo_shell):
    traced = demo_shell.json("trace", "--scenario", "S2")
    down = [row for row in traced["disruptions"] if row["code"].startswith("F-") and row["state"] == "down"]
    table = demo_shell.run("trace", "--scenario", "S2").output

    assert traced["scenario"] == "S2"
    assert len(down) == 12
    assert all(row["code"] in table for row in down)


def test_one_function_is_traced_for_some_hours(demo_shell):
    traced = demo_shell.json("trace", "--function", "X-FIN-01", "--hours", "24")

    hit = next(row for row in traced["disruptions"] if row["code"] == "X-FIN-01")
    assert (hit["down_at_h"], hit["up_at_h"], hit["chain"]) == (0, 24, ["X-FIN-01"])
    assert demo_shell.run("trace", "--function", "X-FIN-99", "--hours", "24").exit_code == 1
    assert demo_shell.run("trace", "--scenario", "S99").exit_code == 1


def test_any_set_of_hits_is_traced_in_the_same_shape(demo_shell):
    traced = demo_shell.json("trace", "--hit", "X-FIN-01:0:24", "--hit", "F-ENE-01:30:1.5:degraded")

    alone = demo_shell.json("trace", "--function", "X-FIN-01", "--hours", "24")
    assert traced.keys() == alone.keys()
    assert {row["code"] for row in alone["disruptions"]} <= {row["code"] for row in traced["disruptions"]}
    assert "F-ENE-01" in demo_shell.run("trace", "--hit", "X-FIN-01:0:24").output


@pytest.mark.parametrize("hit", ["F-ENE-01", "F-NON-01:0:1", "F-ENE-01:nan:1", "F-ENE-01:0:inf", "F-ENE-01:-1:1e308"])
def test_a_hit_that_makes_no_sense_is_refused(demo_shell, hit):
    assert demo_shell.run("trace", "--hit", hit).exit_code == 1


def test_why_a_function_is_down_is_told_as_a_chain(demo_shell):
    told = demo_shell.json("trace", "--scenario", "S1", "--why", "F-KAS-01", "--at", "6")

    assert (told["scenario"], told["code"], told["at_h"], told["state"]) == ("S1", "F-KAS-01", 6.0, "down")
    assert told["since_h"] == sum(step["tolerance_h"] for step in told["chain"])  # the scenario begins at hour 0
    text = demo_shell.run("trace", "--scenario", "S1", "--why", "F-KAS-01", "--at", "6").output
    assert all(step["code"] in text for step in told["chain"])
    up = demo_shell.json("trace", "--hit", "X-FIN-01:0:1", "--why", "F-KAS-01", "--at", "100")
    assert (up["state"], up["since_h"], up["chain"]) == ("up", None, [])


@pytest.mark.parametrize(
    "asked",
    [
        ("--scenario", "S1", "--why", "F-KAS-01"),
        ("--scenario", "S1", "--at", "6"),
        ("--all", "--why", "F-KAS-01", "--at", "6"),
        ("--scenario", "S1", "--hit", "F-ENE-01:0:1"),
        ("--scenario", "S1", "--why", "F-KAS-01", "--at", "-1"),
    ],
)
def test_a_trace_that_is_asked_for_by_halves_is_written_wrong(demo_shell, asked):
    assert demo_shell.run("trace", *asked).exit_code == 2


def test_a_plan_is_written_as_pages_and_told(demo_shell, folder):
    target = folder / "PL-08.pdf"
    told = demo_shell.json("export", "plan", "PL-08", "--lang", "sv", "--out", str(target))

    assert target.read_bytes().startswith(b"%PDF-")
    assert (told["file"], told["version"]) == (str(target), "2.0")
    assert demo_shell.run("export", "plan", "NOPE").exit_code == 1
    assert demo_shell.run("export", "plan", "PL-08", "--number", "9.9").exit_code == 1


def test_the_guidance_workbook_is_written_and_told(demo_shell, folder):
    target = folder / "KES.xlsx"
    told = demo_shell.json("export", "guidance", "--sector", "ELO", "--variant", "internal", "--out", str(target))

    assert target.read_bytes()[:2] == b"PK"
    assert told["file"] == str(target)
    assert demo_shell.run("export", "guidance", "--sector", "NOPE").exit_code == 1
    taken = demo_shell.json("export", "injects", "EX-11", "--lang", "sv", "--out", str(target))
    assert (taken["file"], taken["rows"]) == (str(target), 13)
    assert demo_shell.run("export", "injects", "EX-99").exit_code == 1
    assert demo_shell.run("export", "guidance", "--sector", "ELO", "--out", "/proc/x.xlsx").exit_code == 1


def test_a_taken_port_is_one_sentence(shell, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = shell.run("serve", "--port", str(port))

    assert result.exit_code == 1
    assert f"port {port}" in str(result.exception)


def test_sow_makes_a_country_of_any_size(shell):
    counts = shell.json("sow", "--functions", "60", "--dependencies", "150", "--municipalities", "2")

    assert (counts["function"], counts["dependency"]) == (60, 150)
    assert "user" not in counts  # no default password where people really work
    assert "has data already" in shell.run("sow", "--functions", "9", "--dependencies", "9").exception.message


def test_sow_tells_how_the_first_person_gets_an_account(shell):
    assert "prepare user add" in shell.run("sow", "--functions", "9", "--dependencies", "9").output


@pytest.mark.parametrize(
    "options", [["--functions", "9"], ["--seed", "3"], ["--functions", "x", "--dependencies", "1"]]
)
def test_sow_says_how_a_size_is_written(shell, options):
    result = shell.run("sow", *options)

    assert result.exit_code == 2
    assert "--functions" in result.output


def test_sow_refuses_a_country_that_cannot_be(shell):
    refused = shell.run("sow", "--functions", "9", "--dependencies", "-1").exception

    assert isinstance(refused, PrepareError)
    assert "cannot be negative" in refused.message


def served(listener):
    """Serve nobody: close, once what gets ready beside the pages is done with the database."""
    listener.close()
    for thread in threading.enumerate():
        if thread.name == "warm":
            thread.join()


def test_serve_migrates_sows_and_tells_where_and_who(shell, monkeypatch):
    monkeypatch.setattr(service, "_serve", served)
    monkeypatch.setenv("PREPARE_DEMO", "1")

    result = shell.run("serve", "--migrate", "--demo", "--port", "0")

    assert result.exit_code == 0, result.output
    assert "kas.contact@merikaupunki.example" in result.output
    assert "http://127.0.0.1:" in result.output


@pytest.mark.sqlite
def test_only_its_owner_reads_what_the_command_writes(folder, monkeypatch):
    before = os.umask(0o022)
    monkeypatch.setattr(sys, "argv", ["prepare", "migrate"])

    try:
        with pytest.raises(SystemExit) as ended:
            command.main()
    finally:
        os.umask(before)

    assert ended.value.code == 0
    assert {path.stat().st_mode & 0o077 for path in folder.glob("prepare.sqlite*")} == {0}


def test_single_points_of_failure_are_told_by_command(demo_shell):
    rows = {row["code"]: row for row in demo_shell.json("keystones")}
    short = {row["code"]: row for row in demo_shell.json("keystones", "--horizon", "12")}
    told = demo_shell.run("keystones").output

    assert len(rows) == 118  # every function and service, whether or not its loss is felt
    assert (rows["F-DIG-01"]["functions_lost"], rows["F-DIG-01"]["standing"]) == (20, "treated")
    assert short["F-DIG-01"]["functions_lost"] == 9
    assert told.splitlines()[0].startswith("X-FIN-01")
    assert "F-KES-03" not in [line.split()[0] for line in told.splitlines()]


def test_each_organisation_is_reminded_of_its_measures(demo_shell):
    digests = {digest["organisation"]: digest["measures"] for digest in demo_shell.json("reminders", "--days", "10")}
    told = demo_shell.run("reminders").output

    assert {code: [row["code"] for row in rows] for code, rows in digests.items()} == {
        "KAS": ["M-12", "M-22"],
        "KYM": ["M-13", "M-07"],
        "KES": ["M-04", "M-14"],
        "VES": ["M-16"],
    }
    late, due = digests["KES"]
    assert (late["overdue_days"], late["has_reason"], due["overdue_days"]) == (21, True, None)
    assert "overdue by 21 d" in told
    assert "waits for verification" in told
    assert f"due on {due['due']}" in told
    assert "M-26" in told  # due within the month


def test_circles_are_told_by_command(shell):
    shell.run("migrate")
    shell.run("sow", "--functions", "400", "--dependencies", "1600", "--seed", "3")

    rows = shell.json("circles")

    assert rows
    first = shell.run("circles").output.splitlines()[0]
    assert first.startswith("locked" if rows[0]["locked"] else "open")
    assert ("(by hand)" in first) is rows[0]["locked"]


def test_achievable_recovery_times_are_told_by_command(demo_shell):
    rows = {row["code"]: row for row in demo_shell.json("rto")}
    told = demo_shell.run("rto").output.splitlines()

    assert len(rows) == len(told) == 77
    assert (rows["F-KES-10"]["achievable_h"], rows["F-KES-10"]["chain"]) == (8.0, ["X-TE1-01", "F-KES-10"])
    assert rows["F-KAS-01"]["blocked_by"] == ["X-FUE-01"]
    assert rows["F-KAS-01"]["achievable_h"] is None
    assert told[0].split() == ["F-DIG-06", "gap", "12", "h", "48", "h", "F-DIG-06"]


def test_false_redundancies_are_told_by_command(demo_shell):
    rows = demo_shell.json("redundancy")
    told = demo_shell.run("redundancy").output.splitlines()

    assert len(rows) == len(told) == 17
    assert rows[0]["common_cause"] == "F-DIG-01"
    assert told[0].split() == ["F-DIG-04", "Konesali", "F-DIG-01", "0", "h", "F-DIG-02,", "F-DIG-03"]


def test_what_is_unsure_is_drawn_printed_and_told_while_it_goes_on(demo_shell, folder):
    result = demo_shell.run("uncertainty", "--draws", "10", "--seed", "4", "--cores", "1")

    assert result.exit_code == 0, result.output
    assert "10 draws, seed 4" in result.stdout
    assert "F-KAS-02" in result.stdout
    assert "prepare: draws 100 %" in result.stderr
    assert (folder / "uncertainty.npz").stat().st_mode & 0o777 == 0o600


def test_what_is_unsure_is_printed_for_a_script_and_alike_by_seed(demo_shell):
    arguments = ("uncertainty", "--scenario", "S4", "--draws", "10", "--json")
    first, again, other = (demo_shell.run(*arguments, *more) for more in ((), (), ("--seed", "2")))

    told = json.loads(first.stdout)
    assert set(told) == {
        *("graph_revision", "engine", "draws", "seed", "forced_draws", "horizon_h", "assumed"),
        *("scenarios", "functions", "functions_without_mtpd", "confirm_first"),
    }
    assert [row["scenario"] for row in told["scenarios"]] == ["S4"]
    assert set(told["scenarios"][0]["hours_down"]) == {"recorded", "p5", "p50", "p95", "mean", "se"}
    assert first.stdout == again.stdout
    assert first.stdout != other.stdout


def test_a_cluster_that_does_not_answer_is_told_in_one_sentence(demo_shell):
    for arguments in (("keystones",), ("uncertainty", "--draws", "10")):
        result = demo_shell.run(*arguments, "--scheduler", "somewhere")

        assert isinstance(result.exception, PrepareError)
        assert "tcp://10.0.0.5:8786" in result.exception.text()
