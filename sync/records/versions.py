"""Field versions: which `seq` each unit of a record was last changed at (wire rules in sync/PROTOCOL.md)."""

from collections.abc import Iterable, Mapping


def version_of(fv: Mapping[str, int], ver: int, unit: str) -> int:
    """The version of one unit: its own where it differs, else the record's."""
    return fv.get(unit, ver)


def rise(fv: Mapping[str, int], ver: int, seq: int, changed: Iterable[str], units: Iterable[str]) -> dict[str, int]:
    """The `fv` of a record that rises from `ver` to `seq` by changing the units `changed`.

    units: all units this end knows. Every other one that had no version of its own keeps the old record version.
    """
    moved = set(changed)
    kept = {unit: version for unit, version in fv.items() if unit not in moved}
    return {unit: ver for unit in units if unit not in moved and unit not in kept} | kept if seq != ver else kept
