"""A sector's whole round as its people live it, in Finnish, in a browser, and what it does to the readiness."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from playwright.sync_api import Locator, Page, expect

Visit = Callable[..., Page]

CARD = "Wilma ja viestintä poissa"
#: Weight of a critical function (K2), and of the vital one (K1), in the readiness (domain.md 4).
K1, K2 = 4, 2


@dataclass(frozen=True)
class Figures:
    """The readiness of a sector as its page shows it."""

    whole: int
    sides: dict[str, int]  #: name of the dimension → its score
    indicators: dict[str, tuple[Fraction, Fraction]]  #: code → numerator and denominator


def number(text: str) -> Fraction:
    """A number as a Finnish page writes it."""
    return Fraction(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))


def figures(visit: Visit) -> Figures:
    """What the sector's readiness page says now."""
    page = visit("kas.contact")
    page.get_by_role("link", name="Valmiuden tila", exact=True).click()
    page.locator("main tbody th a").first.click()
    cells = [row.locator("th, td").all_inner_texts() for row in page.locator("#figures-of-sector ~ * tbody tr").all()]
    sides = [row.locator("th, td").all_inner_texts() for row in page.locator("#dimensions ~ * tbody tr").all()]
    return Figures(
        whole=int(page.locator(".whole__score .score__points").inner_text()),
        sides={row[0].splitlines()[0]: int(row[1].split()[0]) for row in sides},
        indicators={row[0].split()[0]: (number(row[2]), number(row[3])) for row in cells if len(row) == 6},
    )


def rounded(share: Fraction) -> int:
    """Points as they are shown: halves are rounded up."""
    return int(share + Fraction(1, 2))


def mean(shares: list[Fraction]) -> Fraction:
    """The plain mean."""
    return sum(shares, Fraction(0)) / len(shares)


def said(page: Page) -> Locator:
    """What the page tells of the last step."""
    return page.get_by_role("status").first


def go_home(page: Page) -> None:
    """Open the first page."""
    page.get_by_role("link", name="Omat työt", exact=True).click()


def fill_what_is_missing(contact: Page) -> str:
    """Follow the first missing fact of the first page to its field, fill the function in and submit it."""
    go_home(contact)
    task = contact.locator("main").get_by_role("link", name="Omistaja (rooli)").first
    task.click()
    field = contact.get_by_label("Omistaja (rooli)", exact=True)
    expect(field).to_be_visible()
    code = re.search(r"F-KAS-\d\d", contact.locator("main").inner_text())
    assert code is not None
    field.fill("Varhaiskasvatuspäällikkö")
    contact.get_by_label("Vähimmäispalvelutaso sanoin", exact=True).fill("Hoito kriittisten alojen perheiden lapsille.")
    contact.get_by_label("Järjestämisvastuu", exact=True).select_option("city")
    contact.get_by_label("Tuotantotapa", exact=True).select_option("own")
    contact.get_by_label("Vaikutus haavoittuviin ryhmiin", exact=True).select_option("yes")
    contact.get_by_role("button", name="Tallenna").click()
    expect(said(contact)).to_contain_text("Toiminto tallennettiin.")
    contact.get_by_role("button", name="Lähetä vahvistettavaksi").click()
    expect(said(contact)).to_contain_text("Lähetetty.")
    return code.group()


def confirm(unit: Page, code: str) -> None:
    """The unit confirms what the sector has submitted."""
    go_home(unit)
    unit.locator("main").get_by_role("link", name=re.compile(code)).first.click()
    unit.get_by_role("button", name="Vahvista").click()
    expect(said(unit)).to_contain_text("Vahvistettu.")


def write_plan(contact: Page) -> None:
    """Start a plan for the one function that has none, write two sections and an action card, and submit it."""
    contact.get_by_role("link", name="Suunnitelmat", exact=True).click()
    contact.get_by_role("link", name="Aloita suunnitelma").first.click()
    contact.get_by_role("textbox", name="Nimi suomeksi").fill("Oppilashallinnon jatkuvuussuunnitelma")
    contact.get_by_label(re.compile("F-KAS-07")).check()
    contact.get_by_role("button", name="Aloita suunnitelma").click()

    write_section(contact, "Tarkoitus ja soveltamisala", "Suunnitelma turvaa oppilastiedot ja viestinnän koteihin.")
    write_section(contact, "Käyttöönoton perusteet", "Suunnitelma otetaan käyttöön, kun Wilma on poissa yli tunnin.")

    contact.get_by_role("link", name=re.compile("Ensimmäisen tunnin toimintakortti")).click()
    contact.get_by_role("link", name="Lisää kortti").click()
    contact.get_by_role("textbox", name="Kortin otsikko").fill(CARD)
    step = contact.locator("fieldset.step").first
    step.get_by_label(re.compile("^Kuluessa")).fill("10")
    step.get_by_label(re.compile("^Kuka")).fill("Rehtori")
    step.get_by_label(re.compile("^Mitä tehdään")).fill("Ilmoita huoltajille tekstiviestillä.")
    contact.get_by_role("button", name="Tallenna").click()
    expect(contact.locator("main")).to_contain_text(CARD)
    contact.get_by_role("link", name="Takaisin kohtiin").click()
    contact.get_by_role("button", name="Lähetä hyväksyttäväksi").click()
    expect(said(contact)).to_contain_text("Lähetetty.")


def write_section(contact: Page, title: str, text: str) -> None:
    """Write one section and come back to the sections."""
    contact.get_by_role("link", name=re.compile(title)).click()
    contact.get_by_role("textbox", name="Teksti").fill(text)
    contact.get_by_role("button", name="Tallenna").click()
    expect(said(contact)).to_contain_text("Kohta tallennettiin.")


def send_back(unit: Page) -> None:
    """The unit reads the plan, comments on a section and returns it."""
    go_home(unit)
    unit.locator("main").get_by_role("link", name=re.compile("Oppilashallinnon jatkuvuussuunnitelma")).first.click()
    unit.get_by_role("button", name="Aloita tarkastus").click()
    unit.get_by_role("link", name=re.compile("Kommentoi kohtaa 5")).click()
    unit.get_by_role("textbox").last.fill("Kuka ottaa suunnitelman käyttöön viikonloppuna?")
    unit.get_by_role("button", name="Tallenna").click()
    unit.locator("nav.crumbs a").last.click()
    unit.get_by_text("Palauta täydennettäväksi").click()
    unit.get_by_role("textbox", name="Mitä pitää täydentää?").fill("Täydennä viikonlopun hälyttäminen.")
    unit.get_by_role("button", name="Palauta", exact=True).click()
    expect(said(unit)).to_contain_text("Palautettu")


def complete(contact: Page) -> None:
    """The contact sees first what came back, answers the comment, completes the section and submits again."""
    go_home(contact)
    back = contact.locator("main section").filter(has_text="Palautettu sinulle").first
    expect(back).to_contain_text("Oppilashallinnon jatkuvuussuunnitelma")
    back.get_by_role("link", name=re.compile("Oppilashallinnon jatkuvuussuunnitelma")).first.click()
    contact.get_by_role("link", name="Vastaa", exact=True).first.click()
    contact.get_by_role("textbox").last.fill("Päivystävä rehtori; lisätty kohtaan 5.")
    contact.get_by_role("button", name="Tallenna").click()
    contact.get_by_role("link", name="Jatka kirjoittamista").click()
    write_section(contact, "Käyttöönoton perusteet", "Wilma poissa yli tunnin. Päivystävä rehtori päättää.")
    contact.get_by_role("button", name="Lähetä hyväksyttäväksi").click()
    expect(said(contact)).to_contain_text("Lähetetty.")


def approve(unit: Page, director: Page) -> None:
    """The unit has nothing more to say, and the director takes the plan into force."""
    go_home(unit)
    unit.locator("main").get_by_role("link", name=re.compile("Oppilashallinnon jatkuvuussuunnitelma")).first.click()
    unit.get_by_role("button", name="Aloita tarkastus").click()
    unit.locator("nav.crumbs a").last.click()
    unit.get_by_role("button", name=re.compile("Tarkastettu")).click()
    go_home(director)
    director.locator("main").get_by_role("link", name=re.compile("Oppilashallinnon jatkuvuussuunnitelma")).first.click()
    director.get_by_role("link", name="Hyväksy", exact=True).click()
    director.get_by_role("button", name="Hyväksy").click()
    expect(said(director)).to_contain_text("Hyväksytty.")


def test_a_whole_round_raises_the_readiness_by_what_the_rules_predict(visit: Visit) -> None:
    contact, unit, director = visit("kas.contact"), visit("central"), visit("kas.director")
    before = figures(visit)

    code = fill_what_is_missing(contact)
    confirm(unit, code)
    write_plan(contact)
    send_back(unit)
    complete(contact)
    approve(unit, director)

    after = figures(visit)
    counted = dict(before.indicators)
    for one, more in {"I02": K1, "I03": K2, "I04": K2}.items():
        counted[one] = (counted[one][0] + more, counted[one][1])
    assert after.indicators["I02"] == counted["I02"]
    assert after.indicators["I03"] == counted["I03"]
    assert after.indicators["I04"] == counted["I04"]
    planned = [Fraction(n) / d for n, d in (counted[one] for one in ("I03", "I04", "I08"))]
    assert after.sides["Suunnittelu"] == rounded(100 * mean(planned))
    assert after.sides["Suunnittelu"] > before.sides["Suunnittelu"]
    assert after.whole > before.whole
