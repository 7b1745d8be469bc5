"""Starts the program as somebody finds it: for work, or as the demo with its server, its switch and its band."""

import logging
import os
import random
import secrets
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from client import cycles
from client import settings as options
from client.app import VERSION, App
from client.band import Network
from client.desk import Outside
from client.paths import Profile
from client.resources import ICON
from client.settings import Settings
from client.shell.ending import end
from client.unlock.enrol import Place
from client.unlock.protection import Protection
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.workspace import DeviceSecretStore, SystemSecretStore, fresh_id, utc_now

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
    outside = replace(outside, open_window=open_fitting, protection=protection)
    app = App(application, profile, settings, outside)
    app.start()
    code = application.exec()
    _leave(app, application, code)
    return code


def demo(profile: Profile, settings: Settings, screens: Path) -> int:
    """A sample school on this computer, open as one of its teachers; without a display, the main job by itself."""
    from client.demo import PIN, TANAKA, DemoServer, Switch, Visitor, key_place, key_places
    from client.rehearsal import Rehearsal
    from client.screen import Screen

    _begin_anew(profile)
    with Screen() as screen, DemoServer(profile.root / "server", _tell) as server:
        switch = Switch(server.url)
        place = Place(switch.address, Provider(server.issuer, options.CLIENT_ID.default), DESK_PC, VERSION)
        outside = around(place, key_place, Visitor(TANAKA), switch)
        protection = Protection(key_places, outside.chance, outside.clock, hint=PIN)
        outside = replace(outside, protection=protection)
        if not screen.unattended:
            outside = replace(outside, open_window=open_fitting)
        application = _application()
        app = App(application, profile, settings, outside)
        app.start()
        known = next((known for known in teachers(profile) if known.name.startswith(TANAKA)), None)
        if known is None:
            app.panel.start_sign_in()
        else:
            app.open_known(known)
        code = 1
        try:
            code = Rehearsal(app, server, screens).run() if screen.unattended else application.exec()
        finally:
            _leave(app, application, code)  # before the display goes
            switch.off()
        return code


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
