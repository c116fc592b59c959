"""Every register that takes lists, by its name, in the order in which a city brings them."""

from exports.listing.of_dependencies import AGREEMENTS, DEPENDENCIES
from exports.listing.of_prepare import FUNCTIONS, ORGANISATIONS
from exports.listing.of_risks import MEASURES, RISKS
from exports.listing.wanted import Listed

LISTED: dict[str, Listed] = {
    one.name: one for one in (ORGANISATIONS, FUNCTIONS, RISKS, MEASURES, DEPENDENCIES, AGREEMENTS)
}
