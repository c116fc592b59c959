"""The sheets of what functions need: other functions and services, and resources of their own."""

from dependencies.vocabulary import DependencyKind, Strength, ToleranceBasis
from exports.filling.fields import Field, Kind, Table
from prepare.texts import N_
from prepare.vocabulary import ResourceKind

NEEDS = Table(
    "needs",
    N_("Dependencies"),
    N_("What each function cannot do without, who can provide it and how long you manage without."),
    (
        Field("function", N_("Function"), Kind.ITEM, 34, required=True, items="own"),
        Field(
            "name",
            N_("What do you need?"),
            Kind.TEXT,
            26,
            N_("In a word or two: “power”, “drinking water”, “user accounts”."),
            required=True,
        ),
        Field("kind", N_("What kind of thing is it?"), Kind.WORD, 20, required=True, words=DependencyKind),
        Field(
            "suppliers",
            N_("Supplier"),
            Kind.ITEMS,
            34,
            N_("Who can provide it: choose from the list of functions and services."),
            required=True,
            items="every",
            columns=4,
        ),
        Field(
            "min_required",
            N_("How many of them are enough?"),
            Kind.WHOLE,
            15,
            N_("1 when each of them alone is enough; they then replace each other."),
            required=True,
            least=1,
            most=99,
        ),
        Field("strength", N_("What happens when it is missing?"), Kind.WORD, 20, required=True, words=Strength),
        Field(
            "tolerance_h",
            N_("How long do you manage without it?"),
            Kind.HOURS,
            17,
            N_("As long as you stay at or above your minimum level; 0 when the loss is felt at once."),
            "h",
            required=True,
        ),
        Field("tolerance_basis", N_("What do you know that from?"), Kind.WORD, 18, words=ToleranceBasis),
        Field(
            "workaround",
            N_("How do you manage meanwhile?"),
            Kind.LONG,
            44,
            N_("The stock, battery, manual procedure or other way that makes the time above true."),
            longest=4000,
        ),
        Field("note", N_("Note"), Kind.LONG, 30, longest=4000),
    ),
    letter="N",
    spare=30,
)

RESOURCES = Table(
    "resources",
    N_("Resources"),
    N_("What each function needs of staff, premises, systems and stocks, in normal times and at its minimum level."),
    (
        Field("function", N_("Function"), Kind.ITEM, 34, required=True, items="own"),
        Field("kind", N_("Kind"), Kind.WORD, 18, required=True, words=ResourceKind),
        Field(
            "name",
            N_("Name"),
            Kind.TEXT,
            30,
            N_("As your people call it: “Nurses on the night shift”, “Diesel for the generator”."),
            required=True,
        ),
        Field("normal_qty", N_("Normal quantity"), Kind.QUANTITY, 14, most=1e12),
        Field(
            "minimum_qty",
            N_("Minimum quantity"),
            Kind.QUANTITY,
            14,
            N_("With less the minimum service level is not reached."),
            most=1e12,
        ),
        Field("unit", N_("Unit"), Kind.TEXT, 13, N_("Persons, litres, pieces …"), longest=40),
        Field(
            "needed_from_band",
            N_("Needed from"),
            Kind.ITEM,
            18,
            N_("When the outage has lasted this long, the function can no longer do without it."),
            items="band",
        ),
        Field(
            "stock_lasts_h",
            N_("The stock lasts"),
            Kind.HOURS,
            14,
            N_("At the minimum level, without a new delivery. Leave empty for what is not used up."),
            "h",
        ),
        Field(
            "alternative",
            N_("What stands in for it?"),
            Kind.LONG,
            44,
            N_("Another person, place or way of working when it is lost, and who decides on it."),
            longest=2000,
        ),
    ),
    letter="S",
    spare=20,
)
