"""Field versions: the sparse form means the same as a full table of versions, however a record was changed."""

from hypothesis import given
from hypothesis import strategies as st

from sync.records.versions import rise, version_of

UNITS = ("a", "b", "c", "d")


@given(st.lists(st.tuples(st.integers(0, 2), st.sets(st.sampled_from(UNITS), min_size=1)), max_size=12))
def test_the_sparse_form_equals_a_full_table_and_holds_nothing_spare(steps: list[tuple[int, set[str]]]):
    full = dict.fromkeys(UNITS, 1)
    fv: dict[str, int] = {}
    ver = 1
    for up, changed in steps:
        seq = ver + up
        fv = rise(fv, ver, seq, changed, UNITS)
        ver = seq
        full |= dict.fromkeys(changed, seq)
        assert {unit: version_of(fv, ver, unit) for unit in UNITS} == full
        assert all(version != ver for version in fv.values())
