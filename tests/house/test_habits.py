"""Habits that have hurt before are found in the syntax tree."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import Module, called, calls, modules

# Where a whole task, thread, request or program ends: the only places that may catch what nobody foresaw.
LAST_RESORT = {"client/shell/crash.py", "client/shell/tasks.py", "client/syncing/service.py", "sync/server/app.py"}
BROAD = {"Exception", "BaseException"}
WHEEL_EDITORS = re.compile(r"Q(Double)?SpinBox|QAbstractSpinBox|QComboBox|Q\w*Validator|Q(Date|Time|DateTime)Edit")
REASON = re.compile(r"#\d+.*\d{4}-\d{2}-\d{2}")


def broad_excepts(module: Module) -> Iterator[str]:
    """Handlers that catch everything and keep it, and `suppress` of everything. To tidy up and raise again is fine."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and (node.type is None or BROAD & _names(node.type)):
            last = node.body[-1]
            if not (isinstance(last, ast.Raise) and last.exc is None):
                yield module.at(node)
    yield from (module.at(call) for call in calls(module.tree, "suppress") if BROAD & _names(call))


def loose_receivers(module: Module) -> Iterator[str]:
    """Signals connected to something that is no slot: it would run in whichever thread emits."""
    for call in calls(module.tree, "connect"):
        for receiver in call.args:
            if isinstance(receiver, ast.Lambda) or (isinstance(receiver, ast.Call) and called(receiver) == "partial"):
                yield module.at(call)


def wheel_editors(module: Module) -> Iterator[str]:
    """Qt's editors and validators in a module with a delegate: they lose full-width digits and obey the wheel."""
    classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    if any("Delegate" in ast.unparse(base) for node in classes for base in node.bases):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Name | ast.alias) and WHEEL_EDITORS.fullmatch(_name(node)):
                yield module.at(node) if isinstance(node, ast.Name) else f"{module.path}:{node.lineno}"


def style_sheets(module: Module) -> Iterator[str]:
    """Style sheets that reach a table: they make each repaint of a grid half as slow again, or twice as slow."""
    single_widget = module.path.startswith("client/widgets/") and "QTableView" not in module.text
    if not single_widget:
        yield from (module.at(call) for call in calls(module.tree, "setStyleSheet"))


def silent_skips(module: Module) -> Iterator[str]:
    """Tests that are skipped, or expected to fail, without the number of an issue and a date."""
    for name in ("skip", "xfail"):
        for call in calls(module.tree, name):
            words = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant)]
            if not any(isinstance(word, str) and REASON.search(word) for word in words):
                yield module.at(call)


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _name(node: ast.Name | ast.alias) -> str:
    return node.id if isinstance(node, ast.Name) else node.name


def test_only_the_last_resort_catches_everything() -> None:
    found = [place for module in modules("client", "sync", "installer") for place in broad_excepts(module)]
    assert [place for place in found if place.split(":")[0] not in LAST_RESORT] == []


def test_signals_go_to_slots() -> None:
    assert [place for module in modules("client", "tests/kit") for place in loose_receivers(module)] == []


def test_no_delegate_uses_an_editor_that_discards_full_width_digits_or_turns_with_the_wheel() -> None:
    assert [place for module in modules("client") for place in wheel_editors(module)] == []


def test_no_style_sheet_stands_on_or_above_a_table() -> None:
    assert [place for module in modules("client") for place in style_sheets(module)] == []


def test_no_test_is_put_aside_without_a_number_and_a_date() -> None:
    assert [place for module in modules("tests") for place in silent_skips(module)] == []


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (broad_excepts, "try: pass\nexcept Exception: pass"),
        (broad_excepts, "try: pass\nexcept (ValueError, BaseException): pass"),
        (broad_excepts, "try: pass\nexcept: pass"),
        (broad_excepts, "try: pass\nexcept Exception as e: raise ValueError from e"),
        (broad_excepts, "try: pass\nexcept BaseException: raise\ntry: pass\nexcept BaseException: log()"),
        (broad_excepts, "with contextlib.suppress(Exception): pass"),
        (loose_receivers, "self.button.clicked.connect(lambda: self.go(1))"),
        (loose_receivers, "self.button.clicked.connect(functools.partial(self.go, 1), Qt.QueuedConnection)"),
        (wheel_editors, "class D(QStyledItemDelegate):\n  def createEditor(self): return QSpinBox()"),
        (wheel_editors, "from PySide6.QtGui import QIntValidator\nclass D(MarkedDelegate): pass"),
        (style_sheets, "application.setStyleSheet('* { color: red }')"),
        (silent_skips, "@pytest.mark.skip(reason='later')\ndef test_x(): pass"),
        (silent_skips, "pytest.xfail('2026-01-01')"),
    ],
)
def test_each_habit_is_found_where_it_is_planted(find: object, text: str) -> None:
    assert callable(find)
    assert len(list(find(Module("client/grades/panel.py", text, ast.parse(text))))) == 1
