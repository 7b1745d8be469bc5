"""A class's day is taken by keyboard: one key a pupil, taken as an act of its own, changed with a reason."""

from client.attendance.day import MARK_COLUMN
from client.workspace import Workspace
from tests.client.attendance.conftest import CLASS, KEY, TODAY, Shown

REASON, TIME, DETAILS = MARK_COLUMN + 1, MARK_COLUMN + 2, MARK_COLUMN + 3


def marks_of(workspace: Workspace, day: str = TODAY) -> dict[int, str]:
    """{number: mark} as the store holds them."""
    rows = workspace.rows(
        """
        SELECT membership.number, attendance.mark FROM attendance
        JOIN membership ON membership.pupil = attendance.pupil AND membership."class" = ?
        WHERE attendance.date = ?
        """,
        (CLASS, day),
    )
    return {row.number: row.mark for row in rows}


def taken(workspace: Workspace, day: str = TODAY) -> bool:
    rows = workspace.rows('SELECT taken FROM attendance_day WHERE "class" = ? AND date = ?', (CLASS, day))
    return bool(rows and rows[0].taken)


def test_a_day_with_three_absences_is_taken_with_ten_keys(shown: Shown) -> None:
    keys = "5k12k20k"
    shown.type(keys)
    shown.press(KEY.Key_Return, control=True)
    assert len(keys) + 1 <= 10
    shown.wait_saved()
    workspace = shown.desk.workspace
    assert marks_of(workspace) == dict.fromkeys((5, 12, 20), "ABSENT_SICK")
    assert taken(workspace)
    assert {line.cells[-1].status for line in shown.lines if line.who.number not in (5, 7, 12, 20)} == {"PRESENT"}
    shown.desk.sync()
    assert workspace.status().waiting == 0
    assert workspace.status().not_accepted == 0
