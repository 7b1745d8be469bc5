"""Starts the program as somebody finds it: for work, or as the demo with its server, its switch and its band."""

import logging
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from client import cycles
from client import settings as options
from client.app import VERSION, App
from client.band import Network
from client.cable import Cable, CableEnd
from client.desk import Outside
from client.paths import Profile
from client.resources import ICON
from client.settings import Settings
from client.shell.ending import end
from client.unlock.enrol import Place
from client.unlock.protection import Protection
from client.unlock.relaunch import Successor, own_words, start_again
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.workspace import DeviceSecretStore, SystemSecretStore, fresh_id, utc_now

if TYPE_CHECKING:
    from client.demo import DemoServer, Switch

LOCKED: Final = 75
"""What the demo's desk ends with when it was locked."""
DESK: Final = "--desk-of-demo"
FRAME = 40
"""What a window's frame takes of the screen at most, in pixels."""
DESK_PC = "教室PC"
"""What colleagues read beside a value that was typed in the demo."""


def work(profile: Profile, settings: Settings) -> int:
    """The program as it is used: who works on this PC, and signing in with the board's provider."""
    value = settings.value
    provider = Provider(value(options.ISSUER), value(options.CLIENT_ID), value(options.REDIRECT_HOST))
    name = value(options.DEVICE_NAME) or socket.gethostname()
    place = Place(value(options.SERVER), provider, name, VERSION)
    application = _application()
    outside = around(place, lambda folder: SystemSecretStore(folder.name), _browse)
    protection = Protection(lambda _: SystemSecretStore, outside.chance, outside.clock)
    outside = replace(outside, open_window=open_fitting, protection=protection, successor=Successor(start_again))
    app = App(application, profile, settings, outside)
    app.loaded.connect(cycles.settle)
    app.start()
    code = application.exec()
    _leave(app, application, code)
    return code


def demo(profile: Profile, settings: Settings, screens: Path, port: int | None = None) -> int:
    """A sample school on this computer, open as one of its teachers; without a display, the main job by itself.

    port: of the school's end of the cable, for the process that shows a desk. The one that somebody has started keeps
    the school and shows none: a lock ends the desk's process, and the school goes on.
    """
    from client.demo import DemoServer, Switch
    from client.screen import Screen

    if port is not None:
        return _desk_of_demo(profile, settings, port)
    _begin_anew(profile)
    with Screen() as screen, DemoServer(profile.root / "server", _tell) as server:
        switch = Switch(server.url)
        try:
            if screen.unattended:
                return _rehearse(profile, settings, (server, switch), screens)
            return _desks_after_each_other(CableEnd(switch, {"address": switch.address, "issuer": server.issuer}))
        finally:
            switch.off()


def _desks_after_each_other(end: CableEnd) -> int:
    """Show a desk in a process of its own, and another one after each lock; what the last one ended with."""
    code = LOCKED
    try:
        while code == LOCKED:
            code = subprocess.call([*own_words(), DESK, str(end.port)])  # noqa: S603  this program
    except KeyboardInterrupt:  # the desk hears it, too, and ends as it should
        code = 0
    finally:
        end.close()
    return code


def _desk_of_demo(profile: Profile, settings: Settings, port: int) -> int:
    cable = Cable(port)
    outside = _around_demo(cable.about["address"], cable.about["issuer"], cable)
    application = _application()
    app = App(application, profile, settings, replace(outside, open_window=open_fitting))
    app.loaded.connect(cycles.settle)
    _begin_demo(app, profile)
    code = application.exec()
    _leave(app, application, code)
    return code


def _rehearse(profile: Profile, settings: Settings, school: "tuple[DemoServer, Switch]", screens: Path) -> int:
    from client.rehearsal import Rehearsal

    server, switch = school
    application = _application()
    app = App(application, profile, settings, _around_demo(switch.address, server.issuer, switch))
    _begin_demo(app, profile)
    code = 1
    try:
        code = Rehearsal(app, server, screens).run()
    finally:
        _leave(app, application, code)  # before the display goes
    return code


def _around_demo(address: str, issuer: str, network: Network) -> Outside:
    from client.demo import PIN, TANAKA, Visitor, key_place, key_places

    place = Place(address, Provider(issuer, options.CLIENT_ID.default), DESK_PC, VERSION)
    outside = around(place, key_place, Visitor(TANAKA), network)
    protection = Protection(key_places, outside.chance, outside.clock, hint=PIN)
    return replace(outside, protection=protection, successor=Successor(lambda: None, LOCKED))


def _begin_demo(app: App, profile: Profile) -> None:
    """Go to the PIN of the demo's teacher at once, or to her sign-in."""
    from client.demo import TANAKA

    app.start()
    known = next((known for known in teachers(profile) if known.name.startswith(TANAKA)), None)
    if known is None:
        app.panel.start_sign_in()
    else:
        app.open_known(known)


def around(
    place: Place,
    keys: Callable[[Path], DeviceSecretStore],
    browse: Callable[[str], object],
    sample: Network | None = None,
) -> Outside:
    """This computer as the program meets it; stores have no vault unless `protection` is put in."""
    return Outside(
        place=place,
        secrets=keys,
        browse=browse,
        clock=utc_now,
        ids=fresh_id,
        chance=secrets.token_bytes,
        between=random.uniform,
        sample=sample,
    )


def open_fitting(window: QWidget) -> None:
    """Show a window at its own size, or over the whole screen where its frame and the task bar leave no room for it."""
    room = window.screen().availableGeometry().size()
    if room.width() - FRAME < window.width() or room.height() - FRAME < window.height():
        window.showMaximized()
    else:
        window.show()


def _application() -> QApplication:
    cycles.settle()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Keyaki")
    application.setDesktopFileName("keyaki")
    application.setWindowIcon(QIcon(str(ICON)))
    return application


def _leave(app: App, application: QApplication, code: int) -> None:
    """End everything. Where a call does not let go, leave the process as it stands: all that was saved is on disk."""
    if app.close():
        end(application)
    else:
        logging.shutdown()
        os._exit(code)


def _browse(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))


def _begin_anew(profile: Profile) -> None:
    """The sample's dates are those of the day it was made on: on another day the demo begins with a new one."""
    day, today = profile.root / "day", utc_now().astimezone().date().isoformat()
    if day.exists() and day.read_text("ascii") != today:
        for folder in (profile.root / "server", profile.stores):
            shutil.rmtree(folder, ignore_errors=True)
    day.write_text(today, "ascii")


def _tell(line: str) -> None:
    """Progress of making the sample school, on the one line of a terminal."""
    if sys.stdout is not None and sys.stdout.isatty():
        sys.stdout.write(f"\r{line}")
        sys.stdout.flush()
