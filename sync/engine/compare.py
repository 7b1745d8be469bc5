"""Whether a store holds what the school holds: pure sums over parts of scopes, and which parts differ."""

from collections.abc import Iterable, Mapping

from sync.protocol.digest import SUM_MODULUS

Part = tuple[int, int]
"""Sum of row hashes modulo 2^64, and number of rows."""
Parts = Mapping[int, Part]
"""{bucket: part} of one scope; a bucket without rows is left out."""

NOTHING: Part = (0, 0)


def total(parts: Iterable[Part]) -> Part:
    """Parts put together."""
    sums = list(parts)
    return (sum(each for each, _ in sums) % SUM_MODULUS, sum(count for _, count in sums))


def told(sums: Mapping[str, tuple[str, int]]) -> Part:
    """What a server says of a scope by data class, all classes together."""
    return total((int(each, 16), count) for each, count in sums.values())


def told_parts(sums: Mapping[int, tuple[str, int]]) -> Parts:
    """What a server says of a scope's parts."""
    return {bucket: (int(each, 16), count) for bucket, (each, count) in sums.items()}


def differing(mine: Parts, theirs: Parts) -> tuple[int, ...]:
    """The buckets in which two sides differ, ascending."""
    return tuple(
        bucket for bucket in sorted({*mine, *theirs}) if mine.get(bucket, NOTHING) != theirs.get(bucket, NOTHING)
    )
