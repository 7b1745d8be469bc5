"""Every module and every public class, function and method says what it is for."""

import ast
from collections.abc import Iterator

from tests.house.source import Module, modules

# Qt's virtual functions are described by Qt; those whose name is one word cannot be told by their capitals.
QT_VIRTUAL = {"data", "event", "flags", "index", "paint", "parent", "reset", "sort"}
SILENT_DECORATORS = {"override", "overload", "setter"}

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def undocumented(module: Module) -> Iterator[str]:
    """Where a docstring is missing in this module."""
    if ast.get_docstring(module.tree) is None and module.text.strip():
        yield module.path
    yield from _undocumented(module, module.tree.body)


def _undocumented(module: Module, body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if not isinstance(node, FUNCTION | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _is_described_elsewhere(node):
            yield f"{module.at(node)} {node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(module, node.body)


def _is_described_elsewhere(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether this fills in what Qt or a port declares, or repeats what stands just above."""
    if isinstance(node, ast.ClassDef):
        return False
    marks = {mark.attr if isinstance(mark, ast.Attribute) else getattr(mark, "id", "") for mark in node.decorator_list}
    camel_case = node.name != node.name.lower()
    return camel_case or node.name in QT_VIRTUAL or bool(marks & SILENT_DECORATORS)


def test_everything_public_has_a_docstring() -> None:
    assert [place for module in modules("client", "sync", "installer") for place in undocumented(module)] == []


def test_a_missing_docstring_is_found_wherever_it_is_missing() -> None:
    text = '''
def bare(): pass
def told():
    """Told."""
    def inner(): pass
class Shown:
    """Shown."""
    def rowCount(self): pass
    def plain(self): pass
    @override
    def filled(self): pass
    def _own(self): pass
'''
    module = Module("x.py", text, ast.parse(text))
    assert list(undocumented(module)) == ["x.py", "x.py:2 bare", "x.py:9 plain"]
