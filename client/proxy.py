"""The network this PC is in, and which proxy leads out of it: the one set for Keyaki, else what the system says.

Windows keeps it in the registry, Linux in environment variables; both are asked anew for each call, for a PC moves
between school and home. A script (PAC) would need a JavaScript engine: it is noticed, never run.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from socket import AF_INET, AF_INET6, SOCK_DGRAM, socket
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

DIRECT: Final = "direct"
_SCRIPT: Final = "auto_proxy"
"""The environment variable by which desktops of Linux name a script."""


def whereabouts() -> tuple[str, ...]:
    """The addresses this PC would speak from, empty without a network. Nothing is sent to find out."""
    found: list[str] = []
    for family, far in ((AF_INET, "192.0.2.1"), (AF_INET6, "2001:db8::1")):  # addresses of documentation only
        with suppress(OSError), socket(family, SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            found.append(str(probe.getsockname()[0]))
    return tuple(found)


def system_script() -> str:
    """The address of the script that says which proxy to take, empty where there is none."""
    if sys.platform == "win32":
        import winreg

        place = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
                return str(winreg.QueryValueEx(key, "AutoConfigURL")[0])
        except OSError:
            return ""
    return os.environ.get(_SCRIPT, "")


class SystemRoute:
    """The way out, as the transport asks for it. chosen: "http://host:port" for everything, "direct", empty = the
    system's. finds_script: looks for a script.
    """

    def __init__(self, chosen: str = "", finds_script: Callable[[], str] = system_script) -> None:
        self._chosen = chosen
        self._finds_script = finds_script
        self._known: tuple[object, str | None] = (None, None)

    def proxy(self, url: str) -> str | None:
        """The proxy that leads to this address, None where none is needed."""
        if self._chosen:
            return None if self._chosen == DIRECT else self._chosen
        asked = urlsplit(url)
        found = getproxies()
        place = (asked.scheme, asked.netloc, tuple(sorted(found.items())))
        if self._known[0] != place:  # who goes past the proxy costs Windows a look-up of names: once is enough
            self._known = (place, _with_scheme(found.get(asked.scheme) or found.get("all") or "", asked.netloc))
        return self._known[1]

    def script(self) -> bool:
        """Whether a script says which proxy to take, and nothing else does."""
        return not self._chosen and not getproxies() and bool(self._finds_script())


def _with_scheme(address: str, host: str) -> str | None:
    if not address or proxy_bypass(host):
        return None
    return address if "://" in address else f"http://{address}"
