"""Before which displays nothing of pupils may stand."""

from hypothesis import given
from hypothesis import strategies as st

from client.shell.displays import MIRROR, Display, Displays, mirrored, read_displays, strangers

OWN = Display("maker|lid|1", "lid", (0, 0, 1366, 768))
BEAMER = Display("maker|beamer|7", "beamer", (1366, 0, 1920, 1080))
TWIN = Display("maker|beamer|7", "beamer", (0, 0, 1024, 768))

spots = st.integers(0, 4000)
display = st.builds(
    Display,
    st.text("abc", min_size=1, max_size=3),
    st.just("name"),
    st.tuples(spots, spots, st.integers(1, 3000), st.integers(1, 3000)),
)


def test_the_display_a_teacher_sits_at_is_no_stranger_and_one_beside_it_is() -> None:
    assert strangers([OWN], OWN.key, ()) == ()
    assert strangers([OWN, BEAMER], OWN.key, ()) == (BEAMER,)
    assert strangers([OWN, BEAMER], OWN.key, {BEAMER.key}) == ()


def test_a_picture_shown_twice_is_a_stranger_even_where_the_display_is_known_as_the_teachers_own() -> None:
    assert mirrored([OWN, TWIN])
    assert not mirrored([OWN, BEAMER]), "side by side"
    assert [each.key for each in strangers([OWN, TWIN], OWN.key, {TWIN.key})] == [MIRROR]


def test_another_display_in_place_of_the_own_one_is_a_stranger() -> None:
    assert strangers([BEAMER], OWN.key, ()) == (BEAMER,)


@given(st.lists(display, max_size=4), st.text("abc", max_size=3), st.sets(st.text("abc", max_size=3)))
def test_every_display_is_the_own_one_a_known_one_or_a_stranger(
    displays: list[Display], own: str, known: set[str]
) -> None:
    found = strangers(displays, own, known)
    if mirrored(displays):
        assert [each.key for each in found] == [MIRROR]
    else:
        assert {each.key for each in found} == {each.key for each in displays} - known - {own}


def test_the_displays_of_this_process_are_read_and_heard_of(qtbot, qapp) -> None:
    here = read_displays()
    assert here
    assert all(each.key for each in here)
    told = [here]
    displays = Displays(lambda: told[-1], qapp)
    told.append((*here, BEAMER))
    with qtbot.waitSignal(displays.changed):
        displays.look()
    assert displays.now[-1] == BEAMER
    with qtbot.assertNotEmitted(displays.changed):
        displays.look()
