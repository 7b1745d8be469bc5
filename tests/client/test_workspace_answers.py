"""What a server may answer: no lie, refusal or late copy of it can harm a store."""

from collections.abc import Callable
from typing import Any

import pytest

from client.workspace import (
    ScopeState,
    Workspace,
    fresh_id,
)
from sync.errors import KeyakiError
from sync.protocol.errors import (
    BadBody,
    ClientTooOld,
    CursorTooOld,
    DeviceSuspended,
    EpochChanged,
    SignInNeeded,
    TooLarge,
    Unreachable,
)
from sync.protocol.messages import (
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
)
from tests.kit.village import Village
from tests.kit.ways import ROW, Desk, server_score


def copy_of(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Everything a wrong answer could have touched."""
    tables = ("score", "evidence", "outbox", "accepted", "not_accepted", "edited", "underlay", "scope", "conflict")
    rows = [tuple(row) for table in tables for row in workspace.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
    return [*rows, *(tuple(row)[:5] for row in workspace.rows("SELECT * FROM partition ORDER BY 1"))]


LIES: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda said: said | {"frames": [ROW | {"rows": [["not an id", 99, 1]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, "99", 1]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, "many"]]}]},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, {"a": 1}]]}]},
    lambda said: said | {"cursor": 1},
    lambda said: {"epoch": said["epoch"]},
    lambda said: said | {"outcomes": [{"q": 1, "outcome": "applied", "seq": 1, "ops": [[9, "state"]]}]},
]


@pytest.mark.parametrize("lie", LIES)
def test_a_pull_that_lies_changes_nothing(here: Desk, lie: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    here.put(0, 0, 100)
    here.way.before = [TooLarge()]
    here.fails(TooLarge)
    before = copy_of(here.workspace)
    here.way.before = [TooLarge()]
    here.way.tamper = [lambda answer: PullAnswer.model_validate(lie(answer.model_dump(by_alias=True)))]
    here.fails(BadBody)
    assert copy_of(here.workspace) == before
    assert here.sync() == {"applied": 1}


PUSH_LIES: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda said: said | {"outcomes": []},
    lambda said: said | {"outcomes": [{"q": 7, "outcome": "applied", "seq": 1}]},
    lambda said: said | {"chain": "0" * 32},
    lambda said: said | {"frames": [ROW | {"rows": [["0" * 36, 99, "many"]]}]},
    lambda said: said | {"outcomes": [{"q": 1, "outcome": "merged", "seq": 9, "ops": [["x", "state"]]}]},
]


@pytest.mark.parametrize("lie", PUSH_LIES)
def test_an_answer_to_a_push_that_lies_is_not_stored_and_the_true_one_is_fetched(
    here: Desk, there: Desk, lie: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    here.put(0, 0, 100)
    here.way.tamper = [lambda answer: PushAnswer.model_validate(lie(answer.model_dump(by_alias=True)))]
    here.fails(BadBody)
    assert (here.value(0, 0), here.workspace.status().waiting) == (100, 0)
    there.sync()
    assert there.value(0, 0) == 100


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SignInNeeded(), "sign_in_needed"),
        (DeviceSuspended(), "device_stopped"),
        (ClientTooOld(), "client_too_old"),
    ],
)
def test_what_the_server_said_last_is_in_the_status_until_a_round_goes_through(
    here: Desk, error: KeyakiError, told: str
) -> None:
    here.way.before = [error]
    here.fails(type(error))
    assert getattr(here.workspace.status(), told)
    here.sync()
    assert not getattr(here.workspace.status(), told)


def _without_cursor(answer: PushAnswer) -> PushAnswer:
    """As a server answers that does not know how much this program has."""
    return answer.model_copy(update={"since": None, "cursor": None})


def test_a_push_that_nobody_came_between_leaves_nothing_to_be_pulled(here: Desk, there: Desk) -> None:
    here.sync()
    here.put(0, 0, 100)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest]
    there.sync()
    there.put(0, 1, 200)
    there.sync()
    here.put(0, 2, 300)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest, PullRequest]
    assert (here.value(0, 1), here.value(0, 2)) == (200, 300)


def test_a_push_whose_answer_was_lost_is_followed_by_a_pull(here: Desk) -> None:
    here.sync()
    here.put(0, 0, 100)
    here.way.after = [Unreachable(reason="after")]
    here.fails(Unreachable)
    here.way.asked.clear()
    here.sync()
    assert [type(request) for request in here.way.asked] == [PushRequest, PullRequest]


def test_a_program_too_old_to_pull_still_sends(here: Desk, there: Desk) -> None:
    here.put(0, 0, 100)
    here.way.tamper = [_without_cursor, lambda _: (_ for _ in ()).throw(ClientTooOld())]
    here.fails(ClientTooOld)
    assert here.workspace.status().waiting == 0
    there.sync()
    assert there.value(0, 0) == 100


def test_a_server_that_keeps_changing_its_history_is_told_of_and_nothing_is_lost(here: Desk) -> None:
    here.put(0, 0, 100)
    other = [EpochChanged(epoch=fresh_id(), seq=3) for _ in range(2)]
    here.way.before = list(other)
    here.fails(EpochChanged)
    assert (here.value(0, 0), here.workspace.status().waiting) == (100, 1)


def test_a_cursor_the_server_has_forgotten_loads_the_scopes_again_and_keeps_the_outbox(
    village: Village, here: Desk
) -> None:
    here.put(0, 0, 100)
    here.way.before = [TooLarge(), CursorTooOld()]
    here.fails(TooLarge)
    assert set(here.workspace.scopes().values()) == {ScopeState.LIVE}
    assert (here.value(0, 0), here.value(0, 1), here.workspace.status().waiting) == (100, 5_000, 1)
    assert here.sync() == {"applied": 1}


def test_a_server_that_never_stops_changing_its_mind_is_not_followed_for_ever(here: Desk) -> None:
    def changed(answer: PullAnswer) -> PullAnswer:
        count = len(here.way.asked)
        rows = [{"scope": f"lesson:{count}", "role": "subject", "rights": "r", "from": "2026-04-01"}]
        said = {"epoch": answer.epoch, "grants": {"hash": f"{count:016x}", "rows": rows}}
        return PullAnswer.model_validate(said)

    here.way.tamper = [changed] * 1_000
    here.fails(BadBody)
    assert len(here.way.asked) < 100


def test_a_late_copy_of_an_old_page_changes_nothing(village: Village, here: Desk) -> None:
    pages: list[PullAnswer] = []
    here.put(0, 0, 100)
    here.sync()
    requests: list[PullRequest] = []

    def keep(answer: PullAnswer) -> PullAnswer:
        pages.append(answer)
        asked = here.way.asked[-1]
        assert isinstance(asked, PullRequest)
        requests.append(asked)
        return answer

    here.way.tamper = [keep]
    server_score(village, 0, 1, 777, 10_000)
    here.sync()
    server_score(village, 0, 1, 888, 10_000)
    here.sync()
    before = copy_of(here.workspace)
    port = here.workspace._port
    assert port.pull_page(village.school, requests[0], pages[0])() == 0
    assert copy_of(here.workspace) == before
    assert here.value(0, 1) == 888
