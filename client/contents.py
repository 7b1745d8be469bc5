"""Every page of the product, each with what it stands on.

Nobody sees one before a store is open, and to import them takes as long as to show the first screen: `client/app.py`
has them imported behind that screen, while somebody types their PIN.
"""

from collections.abc import Callable
from dataclasses import dataclass

from client.attendance import panel as attendance
from client.attendance.repository import AttendanceBook
from client.configuration import panel as ways
from client.configuration.repository import Ways
from client.conflicts import panel as conflicts
from client.conflicts.repository import Conflicts
from client.desk import Common, Outside
from client.grades import panel as grades
from client.grades.repository import GradeBook
from client.grades.sources import Sources
from client.grades.works import WorkBook
from client.held import panel as held
from client.held.repository import Held
from client.late_edits import panel as late_edits
from client.late_edits.repository import LateEdits
from client.loss import panel as loss
from client.loss.record import Office
from client.loss.repository import Devices
from client.preferences import panel as preferences
from client.pupil import panel as pupil
from client.pupil.repository import PupilFile
from client.pupil.sources import Sources as CardSources
from client.recovery import panel as recovery
from client.recovery.repository import Recoveries
from client.register import panel as register
from client.register.repository import Rosters
from client.shell.pages import Page
from client.summing_up import panel as summing_up
from client.summing_up.repository import Decisions
from client.syncing import panel as syncing
from client.syncing.repository import Histories, Situation
from client.syncing.service import SyncService
from client.takeout import panel as takeout
from client.takeout.repository import Takeouts
from client.terms import Speech
from client.today import panel as today
from client.today.repository import Day
from client.today.sources import AttendanceSource, GradesSource, SyncSource, TakeoutSource
from client.unlock.renewal import Renewal
from client.workspace import Workspace
from sync.protocol.lease import Lease


@dataclass(frozen=True, slots=True)
class AtSchool:
    """What asks the school by itself. leases: who renews the store's lease, where it has a vault. devices: the school's
    place where devices are looked after. histories: what was changed on records, and by whom.
    """

    recoveries: Recoveries
    takeouts: Takeouts
    leases: Callable[[], Renewal | None]
    devices: Office
    histories: Histories


def pages(
    workspace: Workspace, service: SyncService, speech: Speech, outside: Outside, school: AtSchool | None = None
) -> tuple[Page, ...]:
    """The first page, then those that need nothing but the store, in the order of the rail.

    school: who asks it; the first page tells of what comes of that.
    """
    histories = None if school is None else school.histories
    listed = _store_pages(workspace, service, speech, outside, histories)
    asked = frozenset({recovery.KEY, takeout.KEY}) if school is not None else frozenset[str]()
    opens = asked | {page.key for page in listed}
    day = Day(workspace)
    asks = (
        AttendanceSource(day),
        GradesSource(day),
        SyncSource(workspace.status, Situation(workspace), Conflicts(workspace)),
        TakeoutSource(lambda: _lease(school)),
    )
    return today.page(today.Sources(day, asks, opens, speech, outside.now)), *listed


def _lease(school: AtSchool | None) -> Lease | None:
    """The lease that holds now, where the store has a vault."""
    renewal = school.leases() if school is not None else None
    return renewal.unlocked.lease if renewal is not None else None


def _store_pages(
    workspace: Workspace, service: SyncService, speech: Speech, outside: Outside, past: Histories | None
) -> tuple[Page, ...]:
    situation, now = Situation(workspace), outside.now
    standing = lambda: service.standing  # noqa: E731
    return (
        register.page(register.Sources(Rosters(workspace), now)),
        attendance.page(attendance.Sources(AttendanceBook(workspace), situation, speech, now)),
        grades.page(Sources(GradeBook(workspace), WorkBook(workspace, outside.ids), situation, speech, now, past)),
        summing_up.page(summing_up.Sources(Decisions(workspace), speech, now)),
        syncing.page(syncing.Sources(situation, speech, workspace.status, standing, now)),
        conflicts.page(conflicts.Sources(Conflicts(workspace), situation, speech, now)),
        late_edits.page(late_edits.Sources(LateEdits(workspace), situation, speech, now)),
        ways.page(ways.Sources(Ways(workspace), now)),
    )


def school_pages(workspace: Workspace, school: AtSchool, common: Common, outside: Outside) -> tuple[Page, ...]:
    """The pages that ask the school, in the order of the rail, below the others; last how this PC looks and speaks."""
    tasks, speech, now = common.tasks, common.speech, outside.now
    kept = recovery.Sources(school.recoveries, tasks, speech, now)
    taken = takeout.Sources(school.takeouts, Situation(workspace), speech, now, outside.ids, tasks, school.leases)
    inside = held.Sources(Held(workspace, school.takeouts.round), lambda: _lease(school), speech, now, tasks)
    lost = loss.Sources(Devices(Situation(workspace), school.devices), speech, now, tasks)
    own = preferences.Sources(common.settings, common.looks, common.translations)
    card = pupil.page(CardSources(PupilFile(workspace), Situation(workspace), speech, now, school.histories))
    return card, recovery.page(kept), takeout.page(taken), loss.page(lost), held.page(inside), preferences.page(own)
