"""Building a package: read what the audience may see, draw its pages, add papers and workbook, sign the whole."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from types import SimpleNamespace

from sqlalchemy import column, select, table

from continuity.whole import Whole
from dependencies import tracing
from exports import manifest, signatures, workbook
from exports.archive import packed
from exports.books import guidance
from exports.entries import GuidanceEntry, Language
from exports.frames.parts import AGGREGATE_BASIS
from exports.manifest import MANIFEST, SIGNATURE, About
from exports.package import index, interfaces, scenarios
from exports.package.audiences import Audience, actor_of
from exports.package.gathered import Gathered, gathered
from exports.package.scenarios import Told
from exports.package.site import Edition, Site
from exports.paper.plan import plan_file
from exports.properties import SECRECY_MARKING
from prepare.actor import Actor, acting_as
from prepare.audit import AuditHead
from prepare.clock import day_of
from prepare.db import db
from prepare.sealing import FIRST_SEAL
from prepare.texts import _, day, moment, name_of, search_key, speaking
from prepare.version import VERSION
from prepare.vocabulary import Confidentiality

#: Told of each step: how many of how many are done, and what is done now.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Package:
    """A finished package: a ZIP that opens without a passphrase, and what it says about itself."""

    name: str
    content: bytes
    about: About
    files: int

    @property
    def sha256(self) -> str:
        """What tells the package from any other."""
        return hashlib.sha256(self.content).hexdigest()


def silent(_done: int, _of: int, _text: str) -> None:
    """Tell nobody."""


def build(audience: Audience, language: str, *, at: datetime, progress: Progress = silent) -> Package:
    """The package of an audience in a language, as it is at the moment `at`.

    The same records and the same moment give the same bytes.
    """
    at, who = at.astimezone(UTC).replace(microsecond=0), actor_of(audience)
    with acting_as(who), speaking(language):
        progress(0, STEPS, _("Reading the registers"))
        found = gathered(audience, who, day_of(at))
        about = _about(found, language, at)
        site = Site(_edition(found, about, at))
        _draw(site, found, progress)
        _papers(site, found, at, progress)
        files = site.files
        files[MANIFEST] = told = manifest.written(about, files)
        files[SIGNATURE] = f"{signatures.signed(told)}\n".encode()
        return Package(_file_name(found, about), packed(files, at), about, len(files))


#: Reading, scenarios, pages, papers, workbook.
STEPS = 5


def _about(found: Gathered, language: str, at: datetime) -> About:
    entries, seal = db.session.execute(select(AuditHead.entries, AuditHead.seal)).first() or (0, FIRST_SEAL)
    held = _highest(found)
    is_secret = held is Confidentiality.CONFIDENTIAL
    return About(
        audience=found.audience.key,
        name=found.audience.name,
        city=name_of(found.city),
        language=language,
        confidentiality=held.value,
        marking=f"{SECRECY_MARKING} – {AGGREGATE_BASIS}" if is_secret else held.label.upper(),
        built_at=at.isoformat(),
        expires_on=manifest.expires_on(day_of(at)).isoformat(),
        program=VERSION,
        schema=db.session.scalar(select(column("version_num")).select_from(table("alembic_version"))) or "",
        graph_revision=tracing.revision(),
        trail_entries=entries,
        trail_seal=seal,
    )


def _highest(found: Gathered) -> Confidentiality:
    """The class of the whole: what stands together is secret, but for a partner, to whom little is shown."""
    if not found.audience.is_partner:
        return Confidentiality.CONFIDENTIAL
    held = [one.confidentiality for one in found.functions] + [one.confidentiality for one in found.interfaces]
    # The duty contacts of an interface are secret as a rule, and whoever calls over it has them all.
    held += [Confidentiality.CONFIDENTIAL] if found.interfaces else []
    return max(held, key=lambda one: one.rank, default=Confidentiality.INTERNAL)


def _edition(found: Gathered, about: About, at: datetime) -> Edition:
    return Edition(
        found.audience.name,
        about.city,
        about.marking,
        about.confidentiality == Confidentiality.CONFIDENTIAL.value,
        moment(at),
        day(date.fromisoformat(about.expires_on)),
        about.expires_on,
        about.language,
        tuple(_sections(found)),
    )


def _sections(found: Gathered) -> list[tuple[str, str]]:
    """The parts of the package; a partner has no registers of the city."""
    reads = not found.audience.is_partner
    every = (
        (_("First hour"), "index.html", True),
        (_("Scenarios"), "scenarios.html", reads),
        (_("Action cards"), "cards.html", reads),
        (_("Contacts"), "contacts.html", True),
        (_("Interfaces"), "interfaces.html", True),
        (_("Plans"), "plans.html", reads),
        (_("Functions"), "functions.html", reads or bool(found.functions)),
        (_("Agreements"), "agreements.html", reads),
        (_("Index"), "search.html", True),
    )
    return [(title, page) for title, page, has in every if has]


def _draw(site: Site, found: Gathered, progress: Progress) -> None:
    progress(1, STEPS, _("Tracing the scenarios"))
    traced = [scenarios.told(found, one) for one in found.scenarios]
    linked = [interfaces.told(found, one) for one in found.interfaces]
    progress(2, STEPS, _("Writing the pages"))
    site.furnish()
    site.draw("contacts.html", "exports/package/contacts.html", found=found, interfaces=linked)
    site.draw("interfaces.html", "exports/package/interfaces.html", interfaces=linked)
    for one in linked:
        site.draw(str(one.page), "exports/package/interface.html", found=found, one=one)
    if not found.audience.is_partner:
        _draw_registers(site, found, traced)
    if found.functions:
        _draw_functions(site, found, traced)
    lines = index.lines(found, linked)
    site.draw("search.html", "exports/package/search.html", letters=index.by_letter(lines), count=len(lines))
    site.draw("index.html", "exports/package/start.html", found=found, scenarios=traced, papers=_papers_of(found))


def _draw_registers(site: Site, found: Gathered, traced: list[Told]) -> None:
    site.draw("scenarios.html", "exports/package/scenarios.html", found=found, scenarios=traced)
    for told in traced:
        site.draw(str(found.page(told.scenario)), "exports/package/scenario.html", found=found, one=told)
    site.draw("plans.html", "exports/package/plans.html", found=found)
    for number, held in enumerate(found.plans, start=1):
        page, paper = str(found.page(held.plan)), _paper_name(number)
        site.draw(page, "exports/package/plan.html", whole=held.whole, held=held, found=found, paper=paper)
    site.draw("cards.html", "exports/package/cards.html", cards=_cards(found))
    site.draw("all-cards.html", "exports/package/all_cards.html", cards=_cards(found))
    for one in _cards(found):
        site.draw(one.page, "exports/package/card.html", one=one)
    site.draw("agreements.html", "exports/package/agreements.html", agreements=found.agreements)


def _cards(found: Gathered) -> list[SimpleNamespace]:
    """The action cards, each with its page and that of its plan."""
    return [
        SimpleNamespace(card=one.card, whole=one.held.whole, page=f"cards/{n:02}.html", plan=found.page(one.held.plan))
        for n, one in enumerate(found.cards, start=1)
    ]


def _draw_functions(site: Site, found: Gathered, traced: list[Told]) -> None:
    struck: dict[str, list[tuple[Told, SimpleNamespace]]] = {}
    for told in traced:
        for row in told.rows:
            struck.setdefault(str(row.page), []).append((told, row))
    site.draw("functions.html", "exports/package/functions.html", found=found)
    for function in found.functions:
        page = str(found.page(function))
        values = {"found": found, "function": function, "struck": struck.get(page, [])}
        site.draw(page, "exports/package/function.html", **values)


def _papers(site: Site, found: Gathered, at: datetime, progress: Progress) -> None:
    """The plans as PDF files, and the workbook of the organisation."""
    for number, held in enumerate(found.plans, start=1):
        progress(3, STEPS, _("Setting the plan %(code)s", code=held.plan.code))
        site.files[_paper_name(number)] = _paper(held.whole, site.edition.language, at)
    if not found.audience.is_partner:
        progress(4, STEPS, _("Filling in the workbook"))
        site.files[WORKBOOK] = _workbook(found, site.edition.language, found.who, at)


WORKBOOK = "workbook/guidance.xlsx"


def _papers_of(found: Gathered) -> list[tuple[str, str]]:
    """Title and file of what stands in the package beside its pages."""
    papers = [(f"{held.plan.code} {name_of(held.plan)}", _paper_name(n)) for n, held in enumerate(found.plans, start=1)]
    return papers if found.audience.is_partner else [*papers, (_("Preparedness guidance workbook"), WORKBOOK)]


def _paper_name(number: int) -> str:
    return f"pdf/plan-{number:02}.pdf"


@lru_cache(maxsize=256)
def _paper(whole: Whole, language: str, at: datetime) -> bytes:
    """The same plan stands in the packages of several audiences: it is set once."""
    with speaking(language):
        return plan_file(whole, at=at).content


def _workbook(found: Gathered, language: str, who: Actor, at: datetime) -> bytes:
    organisation = found.audience.organisation
    variant = workbook.highest(who.scope, organisation)
    entry = GuidanceEntry(organisation=organisation.code, language=Language(language), variant=variant)
    return guidance.guidance_book(organisation, who.scope, entry, on=found.on, at=at).content


def _file_name(found: Gathered, about: About) -> str:
    """As merikaupunki_kriisipaketti_kas_yhdyshenkilo_2026-11-28_fi.zip, in plain letters."""
    words = (found.city.name_fi, "kriisipaketti", found.audience.organisation.code, found.audience.role.value)
    plain = ["".join(c if c.isascii() and c.isalnum() else "-" for c in _folded(word)).strip("-") for word in words]
    return "_".join([*plain, about.built_at[:10], about.language]) + ".zip"


def _folded(word: str) -> str:
    return search_key(word).translate(str.maketrans("åäö", "aao"))
