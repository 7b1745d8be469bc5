"""The demo's network is pulled from the desk's process, and stays as it was left when another desk comes."""

from collections.abc import Iterator

import pytest

from client.cable import Cable, CableEnd


class Plug:
    """A network that is only counted."""

    def __init__(self) -> None:
        self.is_on = True

    def on(self) -> None:
        self.is_on = True

    def off(self) -> None:
        self.is_on = False


@pytest.fixture
def end() -> Iterator[CableEnd]:
    made = CableEnd(Plug(), {"address": "http://127.0.0.1:1", "issuer": "http://127.0.0.1:2"})
    yield made
    made.close()


def test_what_a_desk_has_to_know_and_what_it_pulls_go_over_the_cable(end: CableEnd) -> None:
    first = Cable(end.port)
    assert (first.about["address"], first.about["issuer"]) == ("http://127.0.0.1:1", "http://127.0.0.1:2")
    assert first.is_on
    first.off()
    assert not first.is_on
    second = Cable(end.port)
    assert not second.is_on, "a lock does not put the network back"
    second.on()
    assert second.is_on
