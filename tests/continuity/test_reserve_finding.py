"""W27: more is counted on than there is."""

from continuity.findings.finding import Severity, Subject, Thing
from continuity.findings.reserves import ReserveCase, of_reserve
from prepare.vocabulary import Criticality


def found(*left):
    """The finding on a reserve that leaves these functions without."""
    (one,) = of_reserve(ReserveCase(Thing(Subject.RESERVE, "RV-01", "Koneet"), "S1 Katko", "40 kW", left))
    return one


def test_it_weighs_as_the_most_critical_one_that_is_left_without():
    assert found(("F-1", Criticality.K1), ("F-2", Criticality.K4)).severity is Severity.GRAVE
    assert found(("F-2", Criticality.K3)).severity is Severity.MINOR
    assert found().severity is Severity.NOTABLE


def test_it_says_where_how_much_and_who():
    told = found(("F-1 Keittiö", Criticality.K1)).missing

    assert all(word in told for word in ("S1 Katko", "40 kW", "F-1 Keittiö"))
