"""What a stored run of a scenario holds: its inputs, so that it can be computed again without the records.

The inputs are the functions, needs and hits as numbers, in whole minutes, written as JSON in one way only, so that
the same inputs always have the same fingerprint; they are kept compressed. The result is kept as a fingerprint: it is
computed again whenever it is shown, and a result that has come out otherwise is told as such.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from dependencies.graph import Alternative, FunctionFacts, Graph, NeedFacts, build, functions_of, needs_of
from dependencies.network import Network
from dependencies.outcome import Hit, Trace, as_json, trace
from dependencies.vocabulary import Standing, Strength
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Criticality

METHOD = "least-fixpoint-1"  #: the meaning of the result (cascade.md 2); raised when the same inputs give another one
FORMAT = 1
MOST_FUNCTIONS = 20_000  #: on all ways from the hits; more are not stored


class Damaged(RuleBroken):
    """What is stored is not what was stored."""


@dataclass(frozen=True)
class Inputs:
    """Everything that a trace is computed from."""

    functions: tuple[FunctionFacts, ...]
    needs: tuple[NeedFacts, ...]
    hits: tuple[Hit, ...]
    horizon_min: int
    revision: int = 0


@dataclass(frozen=True)
class Computed:
    """A trace that has been computed from inputs, with the network on which it ran."""

    inputs: Inputs
    network: Network
    trace: Trace

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the result."""
        return fingerprint(result_text(self.trace))


def inputs_of(graph: Graph, hits: Iterable[Hit], *, horizon_min: int) -> Inputs:
    """The inputs of a trace on this graph."""
    functions = tuple(sorted(functions_of(graph), key=lambda facts: facts.id))
    needs = tuple(sorted(needs_of(graph), key=lambda facts: facts.id))
    return Inputs(functions, needs, tuple(sorted(hits, key=_place)), horizon_min, graph.graph["revision"])


def reached(inputs: Inputs) -> Inputs:
    """Only what lies on a way from the hits, with every supplier of its needs: the result is the same.

    A function that no way leads to stays up, and what depends on it in no way from a hit is not asked for.
    """
    supplied: dict[int, list[NeedFacts]] = {}
    for need in inputs.needs:
        for alternative in need.alternatives:
            supplied.setdefault(alternative.supplier, []).append(need)
    found = {hit.function for hit in inputs.hits}
    waiting = list(found)
    while waiting:
        consumers = {need.consumer for need in supplied.get(waiting.pop(), ())} - found
        found |= consumers
        waiting += consumers
    needs = tuple(need for need in inputs.needs if need.consumer in found)
    found |= {alternative.supplier for need in needs for alternative in need.alternatives}
    return replace(inputs, functions=tuple(f for f in inputs.functions if f.id in found), needs=needs)


def _place(hit: Hit) -> tuple[int, int, int, bool]:
    return hit.function, hit.start_min, hit.end_min, hit.degrades


def text_of(inputs: Inputs) -> bytes:
    """The inputs as they are fingerprinted: JSON without blanks, every list in one order."""
    return _json(
        {
            "format": FORMAT,
            "horizon_min": inputs.horizon_min,
            "functions": [
                [f.id, f.code, f.organisation_id, f.organisation, f.criticality, f.restart_min, f.rto_min, f.mtpd_min]
                for f in inputs.functions
            ],
            "needs": [
                [n.id, n.consumer, n.name, n.strength, n.tolerance_min, n.min_required, n.wished, _alternatives(n)]
                for n in inputs.needs
            ],
            "hits": [_place(hit) for hit in inputs.hits],
        }
    )


def _alternatives(need: NeedFacts) -> list[list[Any]]:
    return [[one.supplier, one.extra_tolerance_min, one.standing] for one in need.alternatives]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def fingerprint(text: bytes) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return sha256(text).hexdigest()


def compressed(text: bytes) -> bytes:
    """The text as it is kept."""
    return zlib.compress(text, 9)


@lru_cache(maxsize=4)
def computed(kept: bytes, expected: str, revision: int) -> Computed:
    """The trace, computed again from inputs that were kept; `expected` is their fingerprint.

    Raises Damaged when the inputs are not those that were stored.
    """
    inputs = opened(kept, expected, revision)
    network = Network(build(inputs.functions, inputs.needs, revision=revision))
    return Computed(inputs, network, trace(network, inputs.hits, horizon_min=inputs.horizon_min))


def opened(kept: bytes, expected: str, revision: int = 0) -> Inputs:
    """The inputs that were kept. Raises Damaged when they do not have the fingerprint that was stored with them."""
    try:
        text = zlib.decompress(kept)
    except zlib.error:
        text = b""
    if fingerprint(text) != expected:
        raise Damaged(N_("The stored inputs are not those that were stored: the run cannot be computed again."))
    found = json.loads(text)
    return Inputs(
        tuple(_function(*row) for row in found["functions"]),
        tuple(_need(*row) for row in found["needs"]),
        tuple(Hit(function, start, end, degrades) for function, start, end, degrades in found["hits"]),
        found["horizon_min"],
        revision,
    )


def _function(id_: int, code: str, organisation_id: int, organisation: str, word: str | None, *times: Any) -> Any:
    return FunctionFacts(id_, code, organisation_id, organisation, Criticality(word) if word else None, *times)


def _need(id_: int, consumer: int, name: str, strength: str, tolerance: int, *more: Any) -> NeedFacts:
    required, wished, alternatives = more
    found = tuple(Alternative(supplier, extra, Standing(word)) for supplier, extra, word in alternatives)
    return NeedFacts(id_, consumer, name, Strength(strength), tolerance, found, required, wished)


def result_text(result: Trace) -> bytes:
    """A result as it is fingerprinted: everything that a reader of all functions is told, but for the engine's name."""
    told = as_json(result)
    return _json(
        {
            "horizon_h": told["horizon_h"],
            "disruptions": told["disruptions"],
            "bridged": sorted([link.need, link.supplier] for link in result.bridged),
            "only_unbridged": sorted(function.code for function in result.only_unbridged),
        }
    )
