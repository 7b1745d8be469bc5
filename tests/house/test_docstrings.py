"""Every module and every public class, function and method says what it is for."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QStyledItemDelegate, QTableView

from tests.house.source import Module, modules

# What fills in one of Qt's own functions is described by Qt: camelCase, or one of these names of a single word.
QT_CLASSES = (QAbstractTableModel, QApplication, QDialog, QLineEdit, QStyledItemDelegate, QTableView)
QT_NAMES = {name for kind in QT_CLASSES for name in dir(kind)}
SILENT_DECORATORS = {"override", "overload", "setter"}

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def told_by() -> dict[str, set[str]]:
    """The methods that a class of this house describes, its own and its ancestors', by the bare name of the class."""
    classes = {
        node.name: node
        for module in modules("client", "sync")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    told: dict[str, set[str]] = {}

    def of(name: str) -> set[str]:
        if name not in told and name in classes:
            told[name] = {part.name for part in classes[name].body if isinstance(part, FUNCTION) and _doc(part)}
            told[name] |= {method for base in _bases(classes[name]) for method in of(base)}
        return told.get(name, set())

    for name in classes:
        of(name)
    return told


def undocumented(module: Module) -> Iterator[str]:
    """Where a docstring is missing in this module."""
    if not _doc(module.tree) and module.text.strip():
        yield module.path
    yield from _undocumented(module, module.tree.body, None)


def _undocumented(module: Module, body: list[ast.stmt], owner: ast.ClassDef | None) -> Iterator[str]:
    for node in body:
        if not isinstance(node, FUNCTION | ast.ClassDef) or node.name.startswith("_"):
            continue
        elsewhere = isinstance(node, FUNCTION) and (_is_marked(node) or _is_inherited(node.name, owner))
        if not _doc(node) and not elsewhere:
            yield f"{module.at(node)} {node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(module, node.body, node)


def _is_inherited(method: str, owner: ast.ClassDef | None) -> bool:
    """Whether an ancestor says what this method is for: one of ours, or Qt."""
    if owner is None or not owner.bases:
        return False
    ours = any(method in told_by().get(base, ()) for base in _bases(owner))
    return ours or method in QT_NAMES or method != method.lower()


def _bases(node: ast.ClassDef) -> list[str]:
    """The bare names of what a class inherits."""
    return [re.sub(r"\[.*", "", ast.unparse(base)).split(".")[-1] for base in node.bases]


def _doc(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    return ast.get_docstring(node)


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
class Port(LocalStore[int]):
    """Fills in a port."""
    def state(self): pass
    def more(self): pass
'''
    module = Module("x.py", text, ast.parse(text))
    assert list(undocumented(module)) == ["x.py", "x.py:2 bare", "x.py:9 plain", "x.py:15 data", "x.py:19 more"]
