"""Whether the tests run enough of the house: `python -m tests.covered`, after a run of pytest with --cov.

Of the rules every line and every branch, as they decide; of the whole at least LEAST per cent.
"""

import sys
from io import StringIO

from coverage import Coverage

from tests.test_architecture import FLOORS, MODULES, place

LEAST = 90.0
RULES = [str(path) for module, path in MODULES.items() if FLOORS[place(module)[1]] == "rules"]


def main() -> int:
    """Print what is not covered; 1 where that is too much."""
    run = Coverage()
    run.load()
    whole = run.report(file=StringIO())
    rules = run.report(include=RULES, show_missing=True, skip_covered=True, file=(missing := StringIO()))
    told = f"Covered: {whole:.1f} % of the house, {rules:.2f} % of its {len(RULES)} modules of rules.\n"
    sys.stdout.write(told + (missing.getvalue() if rules < 100 else ""))
    return int(whole < LEAST or rules < 100)


if __name__ == "__main__":
    sys.exit(main())
