"""What a subject is called in a class: elementary and junior high share one code under two names (算数・数学)."""

from collections.abc import Sequence
from typing import Final

ELEMENTARY: Final = range(1, 7)
JOINT: Final = "・"


def subject_name(name: str, taught: Sequence[int], grades: Sequence[int]) -> str:
    """The name of a subject in a class of these grades (1 to 9; none = unknown).

    taught: the grades the subject is taught in. A name of two halves belongs to two kinds of school only where both
    teach it: 技術・家庭 is one name.
    """
    both = any(grade in ELEMENTARY for grade in taught) and any(grade not in ELEMENTARY for grade in taught)
    lower, joint, upper = name.partition(JOINT)
    if not both or not joint or not grades:
        return name
    return lower if grades[0] in ELEMENTARY else upper
