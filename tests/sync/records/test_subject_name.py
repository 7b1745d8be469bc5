"""One subject, two kinds of school, two names."""

from collections.abc import Sequence

import pytest

from sync.records.derive.subject_name import subject_name


@pytest.mark.parametrize(
    ("name", "taught", "grades", "called"),
    [
        ("算数・数学", range(1, 10), [3], "算数"),
        ("算数・数学", range(1, 10), [7], "数学"),
        ("技術・家庭", range(7, 10), [8], "技術・家庭"),
        ("国語", range(1, 10), [1], "国語"),
        ("算数・数学", range(1, 10), [], "算数・数学"),
    ],
)
def test_a_subject_is_called_as_the_school_calls_it(
    name: str, taught: Sequence[int], grades: Sequence[int], called: str
) -> None:
    assert subject_name(name, taught, grades) == called
