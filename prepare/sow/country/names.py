"""Names of municipalities, districts and counties, put together from words of the landscape; none is a real place's."""

from typing import NamedTuple


class Name(NamedTuple):
    """A place's name in three languages, and its Finnish and Swedish genitives."""

    fi: str
    sv: str
    en: str
    of_fi: str
    of_sv: str


def _listed(*texts: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.split()) for text in texts for words in text.split(", "))


#: First parts: Finnish, Swedish.
TOWN_FIRST = _listed(
    "Tammi Ek, Koivu Björk, Kuusi Gran, Haapa Asp, Pihlaja Rönn, Vaahtera Lönn, Meri Hav, Saari Skär, Kallio Klipp",
    "Hopea Silver, Kulta Guld, Rauta Järn, Kurki Tran, Joutsen Svan, Kotka Örn, Hauki Gädd, Lohi Lax, Karhu Björn",
    "Talvi Vinter, Kesä Sommar, Aamu Morgon, Ilta Afton, Tuuli Vind, Tähti Stjärn",
)
#: Last parts of municipalities: Finnish, its genitive, Swedish.
TOWN_LAST = _listed(
    "virta virran ström, satama sataman hamn, linna linnan borg, portti portin port, ranta rannan strand",
    "kangas kankaan mo, laakso laakson dal, pelto pellon åker, silta sillan bro",
)
DISTRICT_FIRST = _listed(
    "Ranta Strand, Koski Fors, Mänty Tall, Kivi Sten, Lehto Lund, Niitty Äng, Järvi Sjö, Harju Ås, Mylly Kvarn",
    "Pappila Präst, Asema Station, Kartano Herrgård, Itä Öster, Länsi Väster, Pohjois Norr, Etelä Söder",
)
DISTRICT_LAST = _listed("kylä by, mäki backa, niemi näs, lahti vik, perä ända, salmi sund, haka hage")
#: Counties: Finnish genitive, Swedish genitive, English.
COUNTIES = (
    ("Rannikon", "Kustens", "Coast"),
    ("Järviseudun", "Insjötraktens", "Lakeland"),
    ("Lakeuden", "Slättlandets", "Plains"),
    ("Vaarojen", "Bergslandets", "Hill Country"),
    ("Saariston", "Skärgårdens", "Archipelago"),
    ("Jokilaakson", "Ådalens", "River Valley"),
    ("Harjujen", "Åsarnas", "Ridge"),
    ("Itärannan", "Östra strandens", "East Shore"),
    ("Länsirannan", "Västra strandens", "West Shore"),
    ("Korven", "Ödemarkens", "Backwoods"),
    ("Tuntureiden", "Fjällens", "Fell"),
    ("Metsämaan", "Skogslandets", "Woodland"),
)
ROOT = Name("Mallimaa", "Modellandet", "Model Country", "Mallimaan", "Modellandets")


def town(number: int) -> Name:
    """The name of municipality number 0, 1, …; after the last one they begin again with a number."""
    again, place = divmod(number, len(TOWN_FIRST) * len(TOWN_LAST))
    # 24 first parts step by one and 9 last parts by the rounds, so that neighbours differ in both.
    first = TOWN_FIRST[place % len(TOWN_FIRST)]
    last = TOWN_LAST[(place + place // len(TOWN_FIRST)) % len(TOWN_LAST)]
    more = f" {again + 1}" if again else ""
    fi, sv = first[0] + last[0] + more, first[1] + last[2] + more
    return Name(fi, sv, fi, first[0] + last[1] + more, f"{first[1]}{last[2]}s{more}")


def district(number: int) -> Name:
    """The name of district number 0, 1, … of a municipality."""
    again, place = divmod(number, len(DISTRICT_FIRST) * len(DISTRICT_LAST))
    first = DISTRICT_FIRST[place % len(DISTRICT_FIRST)]
    last = DISTRICT_LAST[(place + place // len(DISTRICT_FIRST)) % len(DISTRICT_LAST)]
    more = f" {again + 1}" if again else ""
    fi, sv = first[0] + last[0] + more, first[1] + last[1] + more
    return Name(fi, sv, fi, fi, sv)


def county(number: int) -> tuple[str, str, str]:
    """The name of county number 0, 1, … as it stands before what it keeps: Finnish, Swedish, English."""
    again, place = divmod(number, len(COUNTIES))
    fi, sv, en = COUNTIES[place]
    return (f"{fi} {again + 1}.", f"{sv} {again + 1}:a", f"{en} {again + 1}") if again else (fi, sv, en)
