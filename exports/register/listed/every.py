"""Every register that takes lists, with how its records are kept."""

from exports.register.listed.agreements import Agreements
from exports.register.listed.keeping import Keeping
from exports.register.listed.needs import Needs
from exports.register.listed.organisations import Organisations
from exports.register.listed.plain import Functions, Measures, Risks

KEEPING: dict[str, type[Keeping]] = {
    one.listed.name: one for one in (Organisations, Functions, Risks, Measures, Needs, Agreements)
}
