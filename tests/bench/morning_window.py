"""The whole program for one teacher's morning: window, pages and all, on Qt's offscreen screen."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from client.app import VERSION, App
from client.demo import Visitor
from client.desk import Desk
from client.paths import Profile
from client.settings import Settings
from client.start import around
from client.syncing.service import SyncService
from client.unlock.enrol import Place
from client.unlock.repository import teachers
from client.unlock.signin import Provider
from client.workspace import FileSecretStore, Workspace
from sync.protocol.errors import ServerBusy, Unreachable

SIGN_IN_S, AGAIN_S = 180, 2
"""So long a sign-in may take; after so long a teacher who is told to try again does."""


class Whole:
    """The program as it is used, its desk open."""

    def __init__(self, app: App, desk: Desk) -> None:
        self._app = app
        self.workspace: Workspace = desk.workspace
        self.service: SyncService = desk.service

    def start(self) -> None:
        """It has started by itself."""

    def close(self) -> None:
        """End everything."""
        assert self._app.close()


def opened(folder: Path, server: str, issuer: str, teacher: str) -> Whole:
    """Start the program; sign in where nobody works on this PC yet."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = Profile(folder)
    application = QApplication(sys.argv[:1])
    place = Place(server, Provider(issuer, "keyaki"), f"{teacher}のPC", VERSION)
    outside = around(place, lambda store: FileSecretStore(store / "secret"), Visitor(teacher))
    app = App(application, profile, Settings(profile.settings, {}), outside)
    app.start()
    known = teachers(profile)
    if known:
        app.open_known(known[0])
    else:
        app.panel.start_sign_in()
    until = time.time() + SIGN_IN_S
    told = None
    while app.desk is None and time.time() < until:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if app.panel.error is None:
            told = None
        elif told is None:
            told = time.time()
        elif isinstance(app.panel.error, ServerBusy | Unreachable) and time.time() > told + AGAIN_S:
            app.panel.start_sign_in()
    assert app.desk is not None, app.panel.error
    return Whole(app, app.desk)
