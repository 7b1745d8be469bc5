"""Scopes, put together to the classes they belong to."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from client.held.record import HeldClass, Where
from client.syncing.rules import class_of
from client.workspace import ScopeState


def put_together(
    states: Mapping[str, ScopeState],
    away: Collection[str],
    counts: Mapping[tuple[str, ...], int],
    labels: Mapping[str, str],
) -> tuple[HeldClass, ...]:
    """Classes by their codes, what belongs to none last. counts: {scopes of a record: how many such lie here}."""
    scopes: dict[str, list[str]] = defaultdict(list)
    for scope in sorted({*states, *away}):
        scopes[class_of(scope) or ""].append(scope)
    found: list[HeldClass] = []
    for code in sorted(scopes, key=lambda each: (not each, each)):
        names = scopes[code]
        kinds = tuple(sorted({name.partition(":")[0] for name in names}))
        count = sum(count for held, count in counts.items() if not set(names).isdisjoint(held))
        label = labels.get(code, code.partition(":")[2])
        found.append(HeldClass(code, label, kinds, tuple(names), count, _where(names, states, away)))
    return tuple(found)


def _where(names: list[str], states: Mapping[str, ScopeState], away: Collection[str]) -> Where:
    if any(name in away for name in names):
        return Where.AWAY
    return Where.HERE if all(states[name] is ScopeState.LIVE for name in names) else Where.COMING
