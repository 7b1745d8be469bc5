"""The gallery renders: every page, both themes, the largest text, and nothing comes out as one flat colour."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from client.resources import ROOT
from client.shell.look import Looks, Theme
from client.widgets import ink
from client.widgets.label import Label
from tests.tour import gallery


@pytest.fixture(params=[Theme.LIGHT, Theme.DARK], ids=["light", "dark"])
def looks(request, qapp):
    before, font, palette = ink.look(), qapp.font(), qapp.palette()
    made = Looks(qapp, ROOT / "fonts")
    made.show(request.param, 1.3)
    yield made
    ink.show(before)
    qapp.setFont(font)
    qapp.setPalette(palette)
    made.deleteLater()


def tones(image: QImage) -> set[int]:
    spots = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return {image.pixel(*spot) for spot in spots}


@pytest.mark.parametrize("name", list(gallery.PAGES))
def test_every_page_of_the_gallery_shows_something_in_both_themes(qtbot, looks, name):
    widget = gallery.PAGES[name]()
    qtbot.addWidget(widget)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    image = widget.grab().toImage()
    assert len(tones(image)) > 8
    ground = image.pixelColor(8, 8).lightness()
    assert (ground < 128) == ink.look().dark


@pytest.mark.parametrize("name", ["conflict", "controls", "question", "crash", "empty"])
def test_no_label_is_lower_than_its_line_at_the_largest_text(qtbot, looks, name):
    widget = gallery.PAGES[name]()
    qtbot.addWidget(widget)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    labels = [label for label in widget.findChildren(Label) if label.isVisible() and label.text()]
    assert labels
    assert [label.text() for label in labels if label.height() < label.sizeHint().height()] == []
