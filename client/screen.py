"""A display for a run that nobody watches: a virtual one, and where that is missing, none at all."""

import os
import shutil
import subprocess
import sys
from types import TracebackType
from typing import Final, Self

SIZE: Final = "1366x768x24"
_NAMES: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class Screen:
    """Entered before Qt starts. `unattended` says that nobody is watching; the display is gone when it is left."""

    def __init__(self) -> None:
        self.unattended = sys.platform == "linux" and not any(os.environ.get(name) for name in _NAMES)
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        program = shutil.which("Xvfb") if self.unattended else None
        if program is not None:
            command = [program, "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"]
            self._server = subprocess.Popen(  # noqa: S603  a fixed command
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            assert self._server.stdout is not None
            number = self._server.stdout.readline().strip()
            if number:
                os.environ["DISPLAY"] = f":{number}"
                return self
        if self.unattended:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()
            assert self._server.stdout is not None
            self._server.stdout.close()
        if self.unattended:
            for name in _NAMES:
                os.environ.pop(name, None)
