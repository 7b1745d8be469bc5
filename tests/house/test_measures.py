"""The measures see what they are there to see."""

import ast

from tests.house.measures import MODULE_LINES, past_measures
from tests.house.source import Module, modules


def test_each_measure_is_told_where_it_is_passed() -> None:
    body = "    pass\n" * 41
    text = (
        f"def long():\n{body}"
        "def wide(self, a, b, c, d, *, e, f): pass\n"
        "def loose(self, fast: bool): pass\n"
        "def strict(self, *, fast: bool): pass\n"
        "@Slot(bool)\ndef told(self, on: bool): pass\n"
        f"class Big:\n{'    x = 1' + chr(10)}{'    y = 2' + chr(10) * 200}    z = 3\n" + "#\n" * 60
    )
    told = [line.split(" ", 1)[1] for line in past_measures(Module("sync/x.py", text, ast.parse(text)))]
    assert told == [
        "310 lines (measure 300)",
        "long: 42 lines (measure 40)",
        "wide: 6 parameters (measure 5)",
        "loose: boolean fast can be given by position",
        "class Big: 203 lines (measure 200)",
    ]


def test_no_module_of_the_product_is_longer_than_its_measure() -> None:
    product = [module for module in modules("client", "sync") if "/migrations/" not in module.path]
    assert len(product) > 300
    assert [module.path for module in product if module.text.count("\n") > MODULE_LINES] == []
