"""Every module and every public class, function and method says what it is for."""

import ast
from collections.abc import Iterator

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QStyledItemDelegate, QTableView

from tests.house.source import Module, modules

# What fills in one of Qt's own functions is described by Qt: camelCase, or one of these names of a single word.
QT_CLASSES = (QAbstractTableModel, QApplication, QDialog, QLineEdit, QStyledItemDelegate, QTableView)
QT_NAMES = {name for kind in QT_CLASSES for name in dir(kind)}
SILENT_DECORATORS = {"override", "overload", "setter"}

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def undocumented(module: Module) -> Iterator[str]:
    """Where a docstring is missing in this module."""
    if ast.get_docstring(module.tree) is None and module.text.strip():
        yield module.path
    yield from _undocumented(module, module.tree.body)


def _undocumented(module: Module, body: list[ast.stmt], *, inherits: bool = False) -> Iterator[str]:
    for node in body:
        if not isinstance(node, FUNCTION | ast.ClassDef) or node.name.startswith("_"):
            continue
        of_qt = inherits and (node.name in QT_NAMES or node.name != node.name.lower())
        elsewhere = isinstance(node, FUNCTION) and (_is_marked(node) or of_qt)
        if ast.get_docstring(node) is None and not elsewhere:
            yield f"{module.at(node)} {node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(module, node.body, inherits=bool(node.bases))


def _is_marked(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether its decorators say that it fills in what is described elsewhere, or repeats what stands just above."""
    marks = {mark.attr if isinstance(mark, ast.Attribute) else getattr(mark, "id", "") for mark in node.decorator_list}
    return bool(marks & SILENT_DECORATORS)


def test_everything_public_has_a_docstring() -> None:
    assert [place for module in modules("client", "sync", "installer") for place in undocumented(module)] == []


def test_a_missing_docstring_is_found_wherever_it_is_missing() -> None:
    text = '''
def bare(): pass
def told():
    """Told."""
    def inner(): pass
class Shown(QAbstractTableModel):
    """Shown."""
    def rowCount(self): pass
    def plain(self): pass
    @override
    def filled(self): pass
    def _own(self): pass
class Unlike:
    """No heir of Qt."""
    def data(self): pass
'''
    module = Module("x.py", text, ast.parse(text))
    assert list(undocumented(module)) == ["x.py", "x.py:2 bare", "x.py:9 plain", "x.py:15 data"]
