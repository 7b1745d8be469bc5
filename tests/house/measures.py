"""What is larger than the house's measures, read from the syntax tree: a reason to think, printed by `make check`.

Modules 300 lines, classes 200, functions 40 and 5 parameters, booleans by keyword only, 12 modules in a feature, test
modules 400 lines. A long thing that reads well may stay and says why in its docstring. Migrations are left out.
"""

import ast
from collections.abc import Iterator

from tests.house.source import Module, features, modules

MODULE_LINES, TEST_LINES, CLASS_LINES, FUNCTION_LINES, PARAMETERS, FEATURE_MODULES = 300, 400, 200, 40, 5, 12
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def past_measures(module: Module) -> Iterator[str]:
    """One line for each thing in a module that is larger than it should be."""
    lines = module.text.count("\n")
    most = TEST_LINES if module.path.startswith("tests/") else MODULE_LINES
    if lines > most:
        yield f"{module.path}: {lines} lines (measure {most})"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and _length(node) > CLASS_LINES:
            yield f"{module.at(node)} class {node.name}: {_length(node)} lines (measure {CLASS_LINES})"
        elif isinstance(node, FUNCTIONS):
            yield from (f"{module.at(node)} {node.name}: {words}" for words in _past_in_function(node))


def _past_in_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    if _length(node) > FUNCTION_LINES:
        yield f"{_length(node)} lines (measure {FUNCTION_LINES})"
    positional = [*node.args.posonlyargs, *node.args.args]
    named = [argument for argument in (*positional, *node.args.kwonlyargs) if argument.arg not in ("self", "cls")]
    if len(named) > PARAMETERS:
        yield f"{len(named)} parameters (measure {PARAMETERS})"
    # A slot gets its boolean from Qt, and a virtual function of Qt from its caller: neither can be by keyword.
    if not node.decorator_list and node.name == node.name.lower():
        flags = [
            argument.arg
            for argument in positional
            if argument.annotation and ast.unparse(argument.annotation) == "bool"
        ]
        yield from (f"boolean {flag} can be given by position" for flag in flags)


def _length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def large_features() -> Iterator[str]:
    """Features that may be two."""
    for feature in sorted(features()):
        count = len(modules(f"client/{feature}"))
        if count - 1 > FEATURE_MODULES:
            yield f"client/{feature}: {count - 1} modules (measure {FEATURE_MODULES})"


def size(*folders: str) -> str:
    """Lines of code of some folders, and the median length of their modules."""
    lengths = sorted(length for module in modules(*folders) if (length := module.text.count("\n")) > 5)
    middle = lengths[len(lengths) // 2] if lengths else 0
    return f"{'+'.join(folders)}: {sum(lengths)} lines in {len(lengths)} modules, median {middle}"


def main() -> None:
    """Print what is past a measure, and how large everything is."""
    everything = (
        module for module in modules("client", "sync", "installer", "tests") if "/migrations/" not in module.path
    )
    found = [line for module in everything for line in past_measures(module)] + list(large_features())
    print("\n".join(found))
    print(f"{len(found)} past the measures. {size('client', 'sync')}; {size('tests')}.")


if __name__ == "__main__":
    main()
