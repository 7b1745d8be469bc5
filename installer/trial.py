"""Try a built folder as somebody finds it: its commands answer, its server serves, its window is painted."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import time
from pathlib import Path

WAIT_S = 60
LOOK_S = 0.05
PAINTED = 20
"""So many colours are words and edges; a window that is only filled has a few."""
LANGUAGE = {"LANG": "C.UTF-8"}


class Broken(Exception):
    """The folder does not do what it is for; the text says what went wrong."""


def answers(folder: Path) -> None:
    """Both commands know themselves, and the server makes its tables and says that it is ready. Raises Broken."""
    for name in ("keyaki", "keyaki-server"):
        _said([str(folder / name), "--help"])
    with tempfile.TemporaryDirectory() as data:
        _said([str(folder / "keyaki-server"), "migrate", "--data", data])
        command = [str(folder / "keyaki-server"), "serve", "--data", data]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            assert server.stderr is not None
            line = server.stdout.readline()
            server.terminate()
            complaints = server.stderr.read()
        if '"ready": true' not in line or server.returncode:
            raise Broken(f"keyaki-server does not serve: {complaints or line}")


def painted(folder: Path, picture: Path) -> float:
    """Seconds from the start of the client to words on a virtual screen, of which `picture` is kept. Raises Broken."""
    with tempfile.TemporaryDirectory() as place:
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-fbdir", place]
        with subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as display:
            assert display.stdout is not None
            number = display.stdout.readline().strip()
            try:
                return _seen(folder, Path(place), number, picture)
            finally:
                display.terminate()


def _seen(folder: Path, place: Path, number: str, picture: Path) -> float:
    kept = {name: text for name, text in os.environ.items() if name != "WAYLAND_DISPLAY"}
    environment = kept | LANGUAGE | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    command = [str(folder / "keyaki"), "--profile", str(place / "profile")]
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as client:
        assert client.stderr is not None
        try:
            while _colours(place / "Xvfb_screen0") < PAINTED:
                if client.poll() is not None or time.monotonic() - began > WAIT_S:
                    client.kill()
                    raise Broken(f"The client shows no window: {client.stderr.read()}")
                time.sleep(LOOK_S)
            took = time.monotonic() - began
            time.sleep(1)
            _keep(place / "Xvfb_screen0", picture)
        finally:
            client.kill()
    return took


def _said(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT_S, check=False)
    if done.returncode or not done.stdout:
        raise Broken(f"{Path(command[0]).name} {command[1]} fails: {done.stderr}")


def _dump(path: Path) -> tuple[bytes, int, int, int]:
    """A screen as Xvfb keeps it in a file of the X window dump format: pixels, width, height, bytes of a line."""
    data = path.read_bytes()
    header = struct.unpack_from(">25I", data)
    size, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
    return data[size + colours * 12 :], width, height, line


def _colours(path: Path) -> int:
    """How many colours the screen shows, in every seventh pixel: looking must not keep the client from painting."""
    pixels = _dump(path)[0]
    return len(set(memoryview(pixels[: len(pixels) // 4 * 4]).cast("I")[::7]))


def _keep(path: Path, picture: Path) -> None:
    from PySide6.QtGui import QImage

    pixels, width, height, line = _dump(path)
    picture.parent.mkdir(parents=True, exist_ok=True)
    QImage(pixels, width, height, line, QImage.Format.Format_RGB32).save(str(picture))
