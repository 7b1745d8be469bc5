"""Which groups travel together, and what an answer to them must look like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sync.protocol.errors import BadBody
from sync.protocol.messages import GroupOutcome, Outcome, PushAnswer, PushRequest, read

GROUPS_MAX: Final = 500
OPS_MAX: Final = 5_000
BYTES_MAX: Final = 2 * 1024 * 1024
"""Of canonical JSON: what the wire takes compressed, it takes all the more."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much one push may carry at most; a single group always may."""

    groups: int = GROUPS_MAX
    ops: int = OPS_MAX
    bytes: int = BYTES_MAX

    def halved(self, sent: int) -> "Size":
        """Half of what was sent. sent: groups in the push that was too large."""
        return Size(max(1, sent // 2), max(1, self.ops // 2), max(1, self.bytes // 2))

    def fits(self, groups: int, ops: int, size_bytes: int) -> bool:
        """Whether a push of this much may travel."""
        return groups <= self.groups and ops <= self.ops and size_bytes <= self.bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups about to be sent. chain: before the first; ends: {q: chain after it}; items: in wire form, by q."""

    epoch: str
    chain: str
    items: tuple[Mapping[str, Any], ...]
    ends: Mapping[int, str]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The groups' numbers."""
        return tuple(item["q"] for item in self.items)

    def request(self) -> PushRequest:
        """The push that carries them."""
        return read(PushRequest, {"epoch": self.epoch, "chain": self.chain, "groups": list(self.items)})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one op of a group ended. units: {unit: outcome} of what was not simply applied; whole: all was applied."""

    whole: bool
    units: Mapping[str, str]


def checked(batch: Batch, answer: PushAnswer) -> PushAnswer:
    """The answer, when it speaks of this batch.

    Raises BadBody when it names groups that were not sent, one twice or none at all, where its cursor goes back, or
    where its chain is not the one computed here: a checksum is never taken over from the other side.
    """
    numbers = [outcome.q for outcome in answer.outcomes]
    if not numbers or len(set(numbers)) < len(numbers) or not set(numbers) <= set(batch.numbers):
        raise BadBody(reason="outcomes")
    if answer.epoch != batch.epoch:
        raise BadBody(reason="epoch")
    if (answer.cursor or 0) < (answer.since or 0):
        raise BadBody(reason="cursor")
    if answer.last in batch.ends and batch.ends[answer.last] != answer.chain:
        raise BadBody(reason="chain")
    return answer


def verdicts(outcome: GroupOutcome, ops: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """How each op of an answered group ended.

    A group that was `same` as a whole, or refused, applied nothing. Raises BadBody for an op that is not in the group.
    """
    marked: dict[int, dict[str, str]] = {}
    for entry in outcome.ops:
        match list(entry):
            case [int(index), str() | None as unit, *rest] if 0 <= index < len(ops):
                marked.setdefault(index, {})[unit or ""] = str(rest[0]) if rest else outcome.outcome
            case _:
                raise BadBody(reason="outcomes")
    nothing = outcome.outcome not in TAKEN or (outcome.outcome is Outcome.SAME and not marked)
    return [Verdict(not nothing and index not in marked, marked.get(index, {})) for index in range(len(ops))]


TAKEN: Final = frozenset({Outcome.APPLIED, Outcome.SAME, Outcome.MERGED, Outcome.CONFLICT_KEPT})
"""Outcomes after which a group's values are with the school; the others keep them in not-accepted."""


def counted(outcomes: Iterable[GroupOutcome]) -> dict[str, int]:
    """{outcome: groups}."""
    found: dict[str, int] = {}
    for outcome in outcomes:
        found[outcome.outcome.value] = found.get(outcome.outcome.value, 0) + 1
    return found
