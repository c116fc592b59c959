"""What a sample was drawn of, as far as telling it needs: the graph itself need not be loaded for that."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dependencies.packed import Ints


@dataclass(frozen=True)
class Ground:
    """A graph's functions, its unconfirmed dependencies and the scenarios. F functions, U links, C cases."""

    revision: int
    ids: NDArray[np.int64]  #: F: the functions' ids, by place
    mtpd: Ints  #: F: minutes, or UNKNOWN
    weight: Ints  #: F: see `packed.WEIGHTS`
    links: NDArray[np.int64]  #: U: ids of the dependencies that may be absent, by number
    scenarios: NDArray[np.int64]  #: C: ids

    @property
    def functions(self) -> int:
        """How many functions there are."""
        return len(self.ids)
