"""Pictures of the school's rules: its symbols, and a rating rule with what it leads to."""

from collections.abc import Callable, Iterator

from client.configuration.record import Area
from tests.tour.stage import Shown, Stage


def configuration(here: Stage) -> Iterator[Callable[[], Shown]]:
    """The page in two of its kinds."""

    def symbols() -> Shown:
        here.desk.window_.open_page("ways", Area.SYMBOLS)
        return "ways-symbols", here.desk, True

    def rules() -> Shown:
        here.desk.window_.open_page("ways", Area.RULES)
        return "ways-rules", here.desk, True

    yield from (symbols, rules)
