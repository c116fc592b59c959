"""Who may see which secret: written from domain.md 2.1 alone, without a look at how the product decides it."""

from dataclasses import dataclass

from prepare.vocabulary import Confidentiality
from tests import town
from tests.canary import Secret

PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality.PUBLIC, Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


@dataclass(frozen=True)
class Reader:
    """A person who reads what the organisation `tree` and those below it keep, up to a class.

    `lists` are those who see the names of the other functions of the city, since they say what needs what, `accounts`
    those who keep or review accounts and duties.
    """

    tree: str
    highest: Confidentiality = CONFIDENTIAL
    lists: bool = False
    accounts: bool = False


@dataclass(frozen=True)
class Partner:
    """A person of an organisation outside the city: sees what was shared with it and nothing else.

    `names` are the organisations that stand on what was shared, `lines` the codes of the dependencies that run over it
    with those of their need and of the functions at both ends.
    """

    interfaces: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()


LINES = frozenset({"D-04", "F-EDU-03", "F-EDU-03 Kouluterveys", "X-CTY-01"})
LINES_M = frozenset({"D-04m", "F-EDU-03m", "F-EDU-03m Kouluterveys", "X-CTY-01m"})
PEOPLE: dict[str, Reader | Partner | None] = {
    "edu.contact": Reader("EDU", lists=True),
    "edu.director": Reader("EDU", lists=True, accounts=True),
    "wat.contact": Reader("WAT", lists=True),
    "central": Reader("CITY", lists=True, accounts=True),
    "leadership": Reader("CITY"),
    "auditor": Reader("CITY", accounts=True),
    "admin": Reader("CITY", INTERNAL, accounts=True),
    "county": Partner(frozenset({"I-01"}), frozenset({"F-WAT-01"}), frozenset({"P-CTY", "EDU", "WAT"}), LINES),
    "police": Partner(frozenset({"I-02"}), names=frozenset({"P-POL", "WAT"})),
    "newcomer": None,
    "m.edu.contact": Reader("EDUm", lists=True),
    "m.central": Reader("CITYm", lists=True, accounts=True),
    "m.county": Partner(frozenset({"I-01m"}), frozenset({"F-WAT-01m"}), frozenset({"P-CTYm", "EDUm", "WATm"}), LINES_M),
}
CITY_OF = {"EDU": "CITY", "WAT": "CITY", "CITY": "CITY", "EDUm": "CITYm", "CITYm": "CITYm"}

#: Kinds of record that bind a whole city: everybody who works in it reads them up to this class.
BINDING = {
    **dict.fromkeys(("Body", "BodyMember", "Meeting", "Decision"), INTERNAL),
    **dict.fromkeys(("GuidanceVersion", "GuidanceChapter", "Requirement"), CONFIDENTIAL),
    **dict.fromkeys(("NationalProgramme", "NationalLine", "Objective", "Programme"), INTERNAL),
    **dict.fromkeys(("SafetyPlan", "SafetyPriority"), INTERNAL),
    **dict.fromkeys(("Phenomenon", "Indicator", "ResidentInput", "GoodPractice", "PracticeAdoption"), INTERNAL),
    **dict.fromkeys(("Network", "NetworkMember", "NetworkRequest"), INTERNAL),
    **dict.fromkeys(("Situation", "PictureEntry", "Observation", "Exercise"), INTERNAL),
    **dict.fromkeys(("ExerciseInject", "ExerciseMeasurement"), INTERNAL),
    **dict.fromkeys(("Scenario", "ScenarioHit", "ScenarioRun"), CONFIDENTIAL),
    "Reserve": INTERNAL,
}
#: Records of a sector that bind the whole city, since they are shared with it: how their codes begin.
SHARED_WITH_CITY = ("RV-01",)
#: Kinds of which there is one for all the cities of an installation.
FOR_ALL = ("CodeItem", "RiskScale", "RiskScaleStep")
#: Single records that another sector reads too: (kind, how the code begins) → (the sector, the columns; none: all).
ALSO: dict[tuple[str, str], tuple[str, frozenset[str]]] = {
    # whoever takes part in an exercise
    ("Exercise", "EX-01"): ("WAT", frozenset()),
    ("ExerciseInject", "EX-01"): ("WAT", frozenset()),
    ("ExerciseMeasurement", "EX-01"): ("WAT", frozenset()),
    ("Observation", "OB-03"): ("WAT", frozenset()),
    # whoever supplies: its own answer, and for what it is needed by whom it knows
    ("Dependency", "D-01"): ("WAT", frozenset({"answer", "answered_by", "code"})),
    ("Dependency", "D-02"): ("WAT", frozenset({"answer", "answered_by", "code"})),
    # whose reserve it is reads who counts on it; whoever counts on one that it does not read knows its code
    ("Reserve", "RV-02"): ("WAT", frozenset({"code"})),
    ("Reserve", "RV-03"): ("EDU", frozenset({"code"})),
    ("ReserveClaim", "RV-01"): ("WAT", frozenset()),
    ("ReserveClaim", "RV-02"): ("EDU", frozenset()),
    ("Need", "F-EDU-01 Vesi"): ("WAT", frozenset({"name"})),
}
#: What no page shows to anybody, and why.
NEVER = {
    ("ApiToken", "token_hash"): "opens the registers to a program",
    ("ConfirmationLink", "token_hash"): "opens a form without an account",
    ("User", "password_hash"): "opens the account",
}
#: What an interface consists of: to whom it was shared reads these too.
OF_INTERFACES = ("ContactPoint", "InformationFlow", "InterfaceTask")
#: Kinds that hold texts and of which the town has none, and why.
NOT_IN_TOWN = {
    "CrisisPackage": "is there once a package has been built",
    "Draft": "its writer alone reads it",
    "HandedIn": "whoever brought the file alone sees it",
    "Intake": "is there once a workbook has been taken in",
    "Schedule": "is there once the unit has made one",
    "StoredReport": "is there once a round has been made",
    "Job": "whoever asked for it and the unit read it",
    "JobWorker": "names a machine, which no page shows",
    "KeptFile": "whoever had it made fetches it, and the roles for which it was made",
    "Invitation": "holds no words, only the seal of a link",
    "KeptText": "its writer alone reads it",
    "ListMapping": "holds how columns of lists are read, and no words of a record",
    "ListUpload": "whoever brought it alone reads it",
    "ReminderSent": "holds no words, only what was told",
    "ScenarioCopy": "is there once a city has taken another one's scenario",
    "TransferMove": "is there once a transfer has been carried out",
}
#: What not every page of the record shows to whoever reads it, and why.
NOT_ALWAYS: dict[tuple[str, str], str] = {
    ("ConfirmationLink", "recipient"): "told to those who send links, and in the trail",
    ("ReadinessParticipation", "code"): "a number of the city's part, which only the trail tells",
    ("ReadinessParticipation", "joined_by"): "told in the trail",
    ("ConfirmationLink", "used_by"): "told once the link has been used",
    ("Indicator", "code"): "a number within its phenomenon, which only the trail tells",
    ("KujaResult", "code"): "a number of the result, which only the trail tells",
    ("Network", "state_reason"): "told once the network is closed",
    ("NetworkRequest", "code"): "a number within its network, which only the trail tells",
    ("Observation", "no_action_reason"): "told once the situation is over",
    ("Observation", "text"): "told once the situation is over",
    ("PracticeAdoption", "code"): "a number within its practice, which only the trail tells",
    ("ReadinessSnapshot", "figures_sha256"): "a seal, which the command that checks it compares",
    ("Reserve", "named_as"): "how plans call it, which whoever keeps it and the trail are told",
    ("SafetyPlan", "state_reason"): "told once the plan has ended",
    **dict.fromkeys(
        (("Transfer", name) for name in ("decision_ref", "moved_by", "reason", "secrecy_basis", "state_reason")),
        "told as the transfer goes on",
    ),
    ("Situation", "lessons"): "told once the situation is over",
}


def reads(person: str, secret: Secret) -> bool:
    """Whether the person reads the record in which the secret stands."""
    who = PEOPLE[person]
    if not isinstance(who, Reader):
        return False
    if secret.kind in FOR_ALL:
        return True
    if secret.confidentiality.rank > who.highest.rank or not secret.owners or secret.kind == "User":
        return False
    if who.tree in secret.owners:
        return True
    binding = BINDING.get(secret.kind)
    of_all = len(secret.owners) == 1 or secret.code.startswith(SHARED_WITH_CITY)
    binds = binding is not None and of_all and secret.confidentiality.rank <= binding.rank
    return binds and secret.owners[0] == CITY_OF[who.tree]


def may_open(person: str, secret: Secret) -> bool:
    """Whether the record has pages that the person opens."""
    who = PEOPLE[person]
    if isinstance(who, Partner):
        if secret.kind in OF_INTERFACES and secret.code.partition(" ")[0] in who.interfaces:
            return True
        return secret.code in {"Interface": who.interfaces, "Function": who.functions}.get(secret.kind, ())
    return reads(person, secret) or not _also(person, secret).isdisjoint({secret.column, ""})


def may_see(person: str, secret: Secret) -> bool:
    """Whether the secret may be shown to the person on some page."""
    if (secret.kind, secret.column) in NEVER:
        return False
    return may_open(person, secret) or _may_name(person, secret)


def must_see(person: str, secret: Secret) -> bool:
    """Whether the person must find the secret on some page; of three languages the reader's own is enough."""
    if (secret.kind, secret.column) in NEVER.keys() | NOT_ALWAYS.keys() or secret.column.endswith(("_fi", "_sv")):
        return False
    return reads(person, secret)


def _may_name(person: str, secret: Secret) -> bool:
    """Names that are known more widely than what they name."""
    who, told = PEOPLE[person], secret.column.partition("_")[0]
    ours = isinstance(who, Reader) and secret.owners[:1] == (CITY_OF[who.tree],)
    if secret.kind == "User":  # colleagues are known; addresses where accounts and duties are kept
        if secret.code == town.email(person):
            return True
        accounts = isinstance(who, Reader) and who.accounts
        return (accounts and (ours or not secret.owners)) or (ours and secret.column == "name")
    if secret.kind == "Organisation" and told in ("name", "code"):  # the city's name stands above every page
        known = isinstance(who, Partner) and secret.code in who.names
        return ours or known or (len(secret.owners) == 1 and told == "name" and _lives_in(person, secret.owners[0]))
    if isinstance(who, Partner):
        kinds = ("Dependency", "Function", "Need")
        return secret.code in who.lines and secret.kind in kinds and told in ("name", "code")
    if secret.kind == "Function" and told in ("name", "code"):  # whoever says what needs what
        return ours and isinstance(who, Reader) and who.lists and secret.confidentiality is not CONFIDENTIAL
    return False


def _lives_in(person: str, city: str) -> bool:
    return city == ("CITYm" if person.startswith("m.") else "CITY")


def _also(person: str, secret: Secret) -> frozenset[str]:
    """Columns of a single record that the person's sector reads too; "" stands for all of them."""
    who = PEOPLE[person]
    if not isinstance(who, Reader) or secret.owners[:1] != (CITY_OF[who.tree],):
        return frozenset()
    for (kind, begins), (tree, columns) in ALSO.items():
        if who.tree.removesuffix("m") == tree and kind == secret.kind and secret.code.startswith(begins):
            return columns or frozenset({"", secret.column})
    return frozenset()
