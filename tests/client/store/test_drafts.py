"""What was written and not saved yet outlives the process, encrypted, and goes when it is done with."""

from client.store.drafts import Draft
from sync.protocol.messages import Delete
from tests.kit.village import Village
from tests.kit.ways import Desk

TEXT = "話し合いでは相手の考えを受け止め"
GRADES = Draft("grades", {"lesson": "2026:3-2:math", "cell": "x"}, {"cell": "8"}, shown=True)
REMARKS = Draft("conflicts", {"case": "y"}, {"z": TEXT})


def test_drafts_outlive_the_process_and_the_page_on_screen_comes_last(here: Desk) -> None:
    drafts = here.workspace.drafts
    assert drafts.kept() == []
    drafts.keep([GRADES, REMARKS]).result()
    drafts.settle(5)
    assert (here.folder / "store.db-wal").stat().st_size == 0
    here.workspace.close()
    written = b"".join(path.read_bytes() for path in here.folder.iterdir() if path.is_file())
    assert TEXT.encode() not in written
    here.open()
    assert here.workspace.drafts.kept() == [REMARKS, GRADES]


def test_what_is_kept_takes_the_place_of_what_was(here: Desk) -> None:
    drafts = here.workspace.drafts
    drafts.keep([GRADES, REMARKS]).result()
    drafts.keep([REMARKS]).result()
    assert drafts.kept() == [REMARKS]
    drafts.keep([]).result()
    assert drafts.kept() == []


def test_keeping_a_draft_is_no_news_of_records(here: Desk) -> None:
    told: list[frozenset[str]] = []
    end = here.workspace.subscribe(told.append)
    here.workspace.drafts.keep([GRADES]).result()
    end()
    assert [types for types in told if types] == []


def test_when_a_duty_ends_no_draft_stays(here: Desk, village: Village) -> None:
    here.workspace.drafts.keep([GRADES]).result()
    for duty in village.duties.values():
        village.change(Delete(type="duty", id=duty, base=2**53))
    here.sync()
    here.sync()
    assert here.workspace.drafts.kept() == []
