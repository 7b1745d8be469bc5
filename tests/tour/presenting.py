"""Pictures of presenting: the curtain, what it asks of another display, and the question before everything is shown."""

from collections.abc import Callable, Iterator

from client.shell.displays import Display, read_displays
from client.unlock.prove import ProvePin
from tests.tour.stage import Shown, Stage

BEAMER = Display("maker|beamer|7", "beamer", (9000, 0, 1920, 1080))


def presenting(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The curtain over the grades in each of its states; everything is shown again at the end."""
    presenter = here.desk.presenter
    displays = presenter._scene.displays

    def covered() -> Shown:
        here.desk.window_.open_page("grades")
        presenter.cover()
        return "presenting", here.desk, True

    def another() -> Shown:
        displays._read = lambda: (*read_displays(), BEAMER)
        displays.look()
        return "presenting-display", here.desk, True

    def proof() -> Shown:
        presenter.ask = lambda parent: ProvePin(here.app.common.speech.sentence, parent)
        presenter.leave()
        assert presenter.box is not None
        return "presenting-proof", presenter.box, False

    def gone() -> Shown:
        presenter.cover()
        presenter.ask = presenter._question
        displays._read = read_displays
        displays.look()
        assert presenter.box is not None
        return "presenting-end", presenter.box, False

    yield from (covered, another, proof, gone)
    presenter.end()
