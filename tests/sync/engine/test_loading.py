"""Loading page by page: what is asked while what is written, and what is foreseen meanwhile."""

from collections.abc import Callable, Mapping
from typing import cast

import pytest

from sync.engine.loading import Loading
from sync.engine.plan import in_use
from sync.engine.store import Applying, Load, LocalStore, PartitionState, Scope, ScopeState, StoreState
from sync.protocol.backend import Backend
from sync.protocol.errors import Unreachable
from sync.protocol.messages import GrantSet, PullAnswer, PullRequest, read

EPOCH = "018f0000-0000-7000-8000-0000000000e0"
NONE, LIVE = Scope(ScopeState.NONE), Scope(ScopeState.LIVE)
NAMES, MARKS = Load({"all": 0}), Load({"lesson:1": 0})


class Sides:
    """A store and a server that note in which order they are asked, and when a page is written."""

    def __init__(self, said: list[dict[str, object]]) -> None:
        self.seen: list[str] = []
        self.said = [read(PullAnswer, {"epoch": EPOCH} | each) for each in said]
        self.fault: Exception | None = None
        self.received: list[int] = []
        self.regranted: list[str] = []

    def pull(self, school: str, request: PullRequest) -> PullAnswer:
        """The next of the answers, or the fault."""
        self.seen.append(f"asked {school}")
        if self.fault is not None:
            raise self.fault
        return self.said.pop(0)

    def load_page(self, partition: str, asked: PullRequest, answer: PullAnswer) -> Applying:
        """Notes when the page was waited for."""
        del asked, answer
        self.seen.append(f"handed {partition}")

        def wait() -> int:
            self.seen.append(f"written {partition}")
            return 1

        return wait

    def take_grants(self, partition: str, epoch: str, grants: GrantSet) -> None:
        """Notes for which partition they came."""
        del epoch, grants
        self.regranted.append(partition)

    def loading(self, cancelled: Callable[[], bool] = lambda: False) -> Loading:
        """Between these two."""
        return Loading(
            cast("LocalStore", self),
            cast("Backend", self),
            cancelled,
            self.received.append,
            self.take_grants,
        )


def having(scopes: Mapping[str, Scope], cursor: int | None = None) -> StoreState:
    """A shared partition `p`, and a school `s` with these scopes."""
    shared = PartitionState("p", "pref:05", EPOCH, None, "g", {"all": NONE})
    return StoreState("s", (shared, PartitionState("s", "school", EPOCH, cursor, "g", scopes)), 0, None)


def test_a_page_travels_while_the_one_before_is_written_also_the_first_of_the_next_load() -> None:
    sides = Sides([{"next": "n2"}, {"cursor": 7}, {"cursor": 40}])
    loading = sides.loading()
    loading.pages("p", NAMES, having({"lesson:1": NONE}))
    loading.pages("s", MARKS, having({"lesson:1": NONE}))
    shared = ["asked p", "handed p", "asked p", "written p", "handed p"]
    assert sides.seen == [*shared, "asked s", "written p", "handed s"]
    assert loading.loaded == ["all"]
    assert loading.settle()
    assert loading.loaded == ["all", "lesson:1"]
    assert not loading.settle()
    assert sides.received == [1, 1, 1]


def test_grants_that_come_instead_of_a_page_end_the_load() -> None:
    sides = Sides([{"next": "n2"}, {"grants": {"hash": "h", "rows": []}}])
    loading = sides.loading()
    loading.pages("p", NAMES, having({}))
    assert sides.seen == ["asked p", "handed p", "asked p", "written p"]
    assert sides.regranted == ["p"]
    assert not loading.settle()


def test_what_was_handed_over_is_waited_for_though_the_next_page_does_not_come() -> None:
    sides = Sides([{"cursor": 7}])
    loading = sides.loading()
    loading.pages("p", NAMES, having({}))
    sides.fault = Unreachable()
    with pytest.raises(Unreachable):
        loading.pages("s", MARKS, having({"lesson:1": NONE}))
    assert sides.seen[-1] == "written p"
    assert loading.loaded == ["all"]


def test_a_cancelled_load_has_written_its_last_page() -> None:
    sides = Sides([{"next": "n2"}])
    loading = sides.loading(lambda: True)
    loading.pages("p", NAMES, having({}))
    assert sides.seen == ["asked p", "handed p", "written p"]
    assert not loading.loaded


@pytest.mark.parametrize(
    ("cursor", "scope", "after"),
    [(None, LIVE, 40), (40, LIVE, 40), (30, Scope(ScopeState.LOADING, 40), 30)],
)
def test_a_load_is_foreseen_to_end_as_the_store_will_end_it(cursor: int | None, scope: Scope, after: int) -> None:
    sides = Sides([{"cursor": 40}])
    loading = sides.loading()
    state = having({"lesson:1": NONE, "past:1": NONE}, cursor)
    assert loading.foreseen(state) is state
    loading.pages("s", MARKS, state)
    found = loading.foreseen(state)
    assert found.of("s").scopes == {"lesson:1": scope, "past:1": NONE}
    assert (found.of("s").cursor, found.of("s").load) == (after, None)
    assert in_use(found) is (scope == LIVE)
    assert found.of("p") is state.of("p")
    loading.settle()
    assert loading.foreseen(state) is state
