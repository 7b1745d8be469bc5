import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QLabel

from client.resources import ROOT
from client.shell import icons
from client.shell.icons import ICONS, IconMaker
from client.shell.look import Looks, Theme, palette_of
from client.widgets import ink
from client.widgets.button import Button
from client.widgets.tokens import DARK, LIGHT


@pytest.fixture
def looks(qapp):
    before, font, palette = ink.look(), qapp.font(), qapp.palette()
    made = Looks(qapp)
    yield made
    ink.show(before)
    qapp.setFont(font)
    qapp.setPalette(palette)
    made.deleteLater()


def test_a_theme_changes_every_window_at_once(qtbot, looks):
    label, button = QLabel("words"), Button("Save")
    for widget in (label, button):
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        qtbot.addWidget(widget)
        widget.show()
    looks.show(Theme.LIGHT)
    QCoreApplication.processEvents()
    light = button.grab().toImage()
    looks.show(Theme.DARK)
    QCoreApplication.processEvents()
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.text
    assert button.grab().toImage() != light
    assert ink.look().dark
    looks.show(Theme.LIGHT)
    QCoreApplication.processEvents()
    assert button.grab().toImage() == light


def test_a_text_size_makes_what_is_on_screen_grow(qtbot, looks):
    looks.show(Theme.LIGHT)
    button = Button("Save")
    qtbot.addWidget(button)
    button.show()
    height = button.height()
    looks.show(Theme.LIGHT, 1.3)
    QCoreApplication.processEvents()
    assert button.sizeHint().height() == round(height * 1.3)
    assert button.font().pixelSize() == round(14 * 1.3)


def test_every_icon_of_the_table_exists_and_takes_the_ink_it_is_given(looks):
    maker = IconMaker()
    red = QColor("#ff0000")
    for name in ICONS:
        image = maker(name, red).pixmap(24, 24).toImage()
        inked = {
            image.pixelColor(x, y).rgb() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 250
        }
        assert inked == {red.rgb()}, name
    assert maker.works


def test_where_the_font_cannot_be_had_icons_are_empty_and_nothing_else_happens(looks, monkeypatch):
    monkeypatch.setattr(icons, "FONT", "no-such-font")
    maker = IconMaker()
    assert maker("undo", QColor("red")).isNull()
    assert not maker.works


def test_a_refused_font_leaves_icons_empty(looks, monkeypatch):
    monkeypatch.setattr(icons.QFontDatabase, "addApplicationFont", lambda _path: -1)
    maker = IconMaker()
    assert maker("undo", QColor("red")).isNull()
    assert not maker.works


def test_an_icon_that_is_not_in_the_table_is_a_mistake(looks):
    with pytest.raises(KeyError):
        IconMaker()("no such icon", QColor("red"))


def test_the_palette_carries_the_tokens(qapp):
    for tokens in (LIGHT, DARK):
        palette = palette_of(tokens)
        assert palette.color(QPalette.ColorRole.Base) == tokens.content
        assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == tokens.disabled


def test_the_icon_of_the_program_is_there_in_every_form_a_system_asks_for(qapp):
    folder = ROOT / "icons"
    sizes = {size.width() for size in QIcon(str(folder / "keyaki.ico")).availableSizes()}
    assert {16, 32, 48, 256} <= sizes
    for name in ("keyaki.svg", "keyaki.png"):
        image = QIcon(str(folder / name)).pixmap(64, 64).toImage()
        assert image.pixelColor(32, 4).name() == LIGHT.accent.name(), name
