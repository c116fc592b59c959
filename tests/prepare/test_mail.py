"""Mail: what leaves, by which way, and what never leaves."""

import socket
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest

from prepare import digests, mail
from prepare.digests import Addressee
from prepare.mail import Files, Letter, MailFailed, Server
from prepare.reminding import Gravity, Item
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality
from prepare.workload import Task, TaskKind

AT = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 30)
LETTER = Letter("Aino Åker", "aino@town.example", "Provstad: 2 ärenden", "Hyvää päivää\n")
SENDER = "prepare@town.example"


class Postbox:
    """A mail server that speaks as much SMTP as is needed, for one connection at a time."""

    def __init__(self, *answers):
        self.answers, self.heard = dict(answers), []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        try:
            while True:
                with self.listener.accept()[0] as caller, caller.makefile("rb") as lines:
                    self._talk(caller, lines)
        except OSError:
            return  # closed

    def _talk(self, caller, lines):
        caller.sendall(b"220 box\r\n")
        while line := lines.readline():
            text = line.decode("latin-1").strip()
            word = text.partition(" ")[0].upper()
            self.heard.append(text)
            usual = {"DATA": "354 go", "QUIT": "221 bye"}.get(word, "250 fine")
            caller.sendall(self.answers.get(word, usual).encode() + b"\r\n")
            if word == "DATA" and word not in self.answers:
                while (line := lines.readline()) not in (b".\r\n", b""):
                    self.heard.append(line.decode("latin-1").rstrip("\r\n"))
                caller.sendall(b"250 taken\r\n")

    def close(self):
        """Stop."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(2)


@pytest.fixture
def box():
    """Gives a mail server with answers of its own."""
    made = []

    def make(*answers):
        made.append(Postbox(*answers))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_letter_is_handed_to_the_server_that_the_settings_name(box, tmp_path):
    server = box()

    sink = mail.sink_of(f"smtp://127.0.0.1:{server.port}", tmp_path, SENDER)
    sink.send(LETTER, at=AT)

    assert sink.name == "smtp"
    assert "mail FROM:<prepare@town.example>" in " ".join(server.heard)
    assert "rcpt TO:<aino@town.example>" in " ".join(server.heard)
    assert "Auto-Submitted: auto-generated" in server.heard
    assert not list(tmp_path.iterdir())


def test_a_password_is_told_after_signing_on(box, tmp_path):
    server = box(("EHLO", "250-box\r\n250 AUTH PLAIN"), ("AUTH", "235 welcome"))

    mail.sink_of(f"smtp://box:secret@127.0.0.1:{server.port}", tmp_path, SENDER).send(LETTER, at=AT)

    assert any(line.startswith("AUTH PLAIN") for line in server.heard)


@pytest.mark.parametrize("answer", [("MAIL", "451 later"), ("RCPT", "550 nobody here"), ("DATA", "554 no")])
def test_a_refusal_is_told_in_one_sentence(box, answer):
    server = box(answer)

    with pytest.raises(MailFailed) as failed:
        Server(f"smtp://127.0.0.1:{server.port}", SENDER).send(LETTER, at=AT)

    with speaking("en"):
        assert "127.0.0.1 refused" in failed.value.text()


def test_a_server_that_is_not_there_is_a_refusal(box):
    server = box()
    server.close()

    with pytest.raises(MailFailed):
        Server(f"smtp://127.0.0.1:{server.port}", SENDER).send(LETTER, at=AT)


def test_a_server_of_another_machine_without_encryption_is_told_nothing(box, monkeypatch):
    server = box()
    monkeypatch.setattr(mail, "HERE", frozenset())

    with pytest.raises(MailFailed) as failed:
        Server(f"smtp://127.0.0.1:{server.port}", SENDER).send(LETTER, at=AT)

    with speaking("en"):
        assert "offers no encryption" in failed.value.text()
    assert not any("FROM" in line for line in server.heard)


def test_encryption_is_begun_where_it_is_offered_and_from_the_start_with_smtps(box):
    server = box(("EHLO", "250-box\r\n250 STARTTLS"), ("STARTTLS", "454 not now"))

    for scheme in ("smtp", "smtps"):
        with pytest.raises(MailFailed):
            Server(f"{scheme}://127.0.0.1:{server.port}", SENDER).send(LETTER, at=AT)

    assert "STARTTLS" in server.heard
    assert not any("aino" in line for line in server.heard)


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25", "smtp://mail.example:99999"])
def test_an_address_that_names_no_mail_server_is_refused(tmp_path, url):
    with pytest.raises(MailFailed):
        mail.sink_of(url, tmp_path, SENDER)


def test_without_a_server_each_letter_is_a_file_that_its_owner_reads(tmp_path):
    sink = mail.sink_of("", tmp_path, SENDER)

    sink.send(LETTER, at=AT)
    sink.send(replace(LETTER, address="b/c@town.example"), at=AT)

    first, second = sorted((tmp_path / "mail").iterdir())
    kept = message_from_bytes(first.read_bytes(), policy=policy.default)
    assert sink.name == "file"
    assert (kept["To"], kept["Subject"]) == ("Aino Åker <aino@town.example>", "Provstad: 2 ärenden")
    assert kept.get_content() == "Hyvää päivää\n"
    assert (first.name, second.name) == (
        "20261130T050000-aino@town.example.eml",
        "20261130T050000-b_c@town.example.eml",
    )
    assert first.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "mail").write_text("in the way")

    with pytest.raises(MailFailed):
        Files(tmp_path / "mail", SENDER).send(LETTER, at=AT)


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x00", "\u2028", "\x85", "\u202e"])
def test_no_name_or_subject_makes_a_header_of_its_own(sign):
    told = mail.message(
        replace(LETTER, name=f"Aino{sign}Bcc: x@evil.example", subject=f"Hei{sign}X-Evil: 1"), SENDER, at=AT
    )

    assert set(told.keys()) == {
        *("From", "To", "Subject", "Date", "Auto-Submitted"),
        *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
    }
    assert len(told["To"].addresses) == 1
    assert sign not in str(told["Subject"])


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: x@evil.example", "nobody", "", "å@town.example", "a b@c"])
def test_a_letter_to_no_address_is_refused(address):
    with pytest.raises(MailFailed):
        mail.message(replace(LETTER, address=address), SENDER, at=AT)


def record(code, *, confidentiality=Confidentiality.INTERNAL):
    """A record as a task knows it."""
    return SimpleNamespace(code=code, confidentiality=confidentiality)


def items(*tasks):
    """The tasks as things to be told of."""
    return [Item(task.url, Gravity.LATE, task) for task in tasks]


OPEN = Task("M-01 Varavoima", "Finish it", "/measures/1", TaskKind.DUE, due=date(2026, 11, 1), about=record("M-01"))
SECRET = Task(
    "M-02 Turvakoti", "Hidden", "/m/2", TaskKind.DUE, about=record("M-02", confidentiality=Confidentiality.CONFIDENTIAL)
)
TO = Addressee("Aino", "aino@town.example", "https://prepare.town.example", "Provstad")


def letter(*tasks, to=TO, language="en"):
    """The letter that tells of the tasks."""
    with speaking(language):
        return digests.letter(to, items(*tasks), on=TODAY)


def test_a_letter_names_what_is_open_and_of_what_is_confidential_only_the_code():
    text = letter(OPEN, SECRET).text

    assert "M-01 Varavoima: Finish it (was due on 2026-11-01)" in text
    assert "https://prepare.town.example/measures/1" in text
    assert "- M-02\n  https://prepare.town.example/m/2" in text
    assert "Turvakoti" not in text
    assert "Hidden" not in text


def test_what_is_about_no_known_record_is_told_by_its_kind_unless_its_words_name_none():
    unknown = Task("R-9 Salaisuus", "x", "/r", TaskKind.DECIDE)
    counted = Task("3 measures are late", "", "/m", TaskKind.DUE, plain=True, due=date(2026, 12, 24))

    text = letter(unknown, counted).text

    assert "Salaisuus" not in text
    assert "- Waits for your decision\n" in text
    assert "- 3 measures are late (due on 2026-12-24)" in text


def test_what_a_reviewer_said_never_leaves_by_mail():
    returned = Task("P-1", "Returned", "/p", TaskKind.RETURNED, said="Salainen sana", about=record("P-1"))

    assert "Salainen" not in letter(returned).text


def test_a_letter_stands_by_kind_counts_and_is_cut_after_ten():
    many = [replace(OPEN, url=f"/measures/{number}") for number in range(12)]

    told = letter(*many)

    assert told.subject == "Provstad: 12 things wait for you"
    assert "Has a deadline (12)" in told.text
    assert "- and 2 others" in told.text
    assert told.text.count("https://prepare.town.example/measures/") == 10


def test_a_letter_says_for_whom_one_stands_in_and_where_one_chooses():
    text = letter(OPEN, to=replace(TO, stands_in=("Mikko (Vesi)", "Liisa (Koulut)"))).text

    assert "You stand in for: Mikko (Vesi), Liisa (Koulut)" in text
    assert text.endswith("https://prepare.town.example/account\n")


@pytest.mark.parametrize(
    ("language", "subject", "opening"),
    [
        ("fi", "Provstad: 1 asia odottaa sinua", "Hyvää päivää, Aino"),
        ("sv", "Provstad: 1 ärende väntar på dig", "God dag, Aino"),
        ("en", "Provstad: 1 thing waits for you", "Good day, Aino"),
    ],
)
def test_a_letter_speaks_the_language_of_its_reader(language, subject, opening):
    told = letter(OPEN, language=language)

    assert told.subject == subject
    assert told.text.startswith(opening)
