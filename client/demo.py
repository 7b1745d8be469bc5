"""The demo's own machinery: the school's server beside the app, the switch of the network, and a visitor of its pages.

Nothing of it acts for the product: it starts a real server, takes the network away from a real client by cutting its
connections, and goes through the real pages of the sign-in. It works on the demo's own profile alone.
"""

import json
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import ProxyHandler, build_opener

from client.vault.finding import Places
from client.workspace import DeviceSecretStore, FileSecretStore, SystemSecretStore
from sync.errors import Defect, SiteError

LOG: Final = "server.log"
_END_S: Final = 20
_PAGE_S: Final = 30


class DemoBroken(SiteError):
    """The demo's server could not be started here. Fact `said`: the last line it wrote."""

    NUMBER = 6031


PIN: Final = "50271864"
"""Of every store of the demo: its screens tell it."""
TANAKA: Final = "田中 葵"
"""Whose desk the demo shows: class teacher of 3年2組."""
SATO: Final = "佐藤 涼"
"""The second teacher, with a device of her own."""


class DemoServer:
    """The school's server as a process of its own, over a sample school in `folder`; it ends with this one.

    told: called with a line of progress while the sample school is made, which happens at the first start only.
    """

    def __init__(self, folder: Path, told: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self._told = told
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.issuer = ""

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOG).open("w", encoding="utf-8") as log:
            self._make(log)
            self._process = _started(["serve", "--demo", "--attended", "--data", str(self.folder)], log)
        try:
            about: dict[str, str] = json.loads(self._lines().readline())
            self.url, self.issuer = about["url"], about["issuer"]
        except (ValueError, KeyError) as error:
            self._end()
            raise DemoBroken(said=self._last_words()) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._end()

    def _make(self, log: IO[str]) -> None:
        """Make the sample school; the command does nothing where it is already."""
        with _started(["demo", "--data", str(self.folder)], log) as making:
            assert making.stdout is not None
            for line in making.stdout:
                self._told(line.rstrip())
        if making.returncode:
            raise DemoBroken(said=self._last_words())

    def _lines(self) -> IO[str]:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_END_S)
            self._lines().close()
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process = None

    def _last_words(self) -> str:
        return "".join((self.folder / LOG).read_text("utf-8").strip().splitlines()[-1:])


def _started(words: list[str], log: IO[str]) -> subprocess.Popen[str]:
    """The server's program with these words; what it complains of goes to `log`."""
    frozen = getattr(sys, "frozen", False)
    beside = Path(sys.executable).with_name("keyaki-server").with_suffix(Path(sys.executable).suffix)
    program = [str(beside)] if frozen else [sys.executable, "-m", "sync.server"]
    return subprocess.Popen(  # noqa: S603  our own server, its words from this module alone
        [*program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
    )


def key_place(folder: Path) -> DeviceSecretStore:
    """Where the key of the demo's store in `folder` lies: a packaged program knows the system's key store alone."""
    frozen = getattr(sys, "frozen", False)
    return SystemSecretStore(folder.name) if frozen else FileSecretStore(folder / "secret")


def key_places(folder: Path) -> Places:
    """Where the secrets of a vault of the demo lie: as `key_place`, but beside the stores, as a key store does: what a
    store signs with is there until it has said that all of the store is erased.
    """
    if getattr(sys, "frozen", False):
        return SystemSecretStore
    return lambda name: FileSecretStore(folder.parent.parent / "keys" / name.replace("/", "-"))


class Switch:
    """A cable between the app and the school that a person can pull: a relay on this computer.

    While it is off nobody listens and every connection is cut, so the client meets what it meets without a network.
    """

    def __init__(self, server: str) -> None:
        url = urlsplit(server)
        self._server = (str(url.hostname), int(url.port or 80))
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener: socket.socket | None = None
        self._port = 0
        self.on()

    @property
    def address(self) -> str:
        """What the client is to believe the server's address to be."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_on(self) -> bool:
        """Whether the network is there."""
        return self._listener is not None

    def on(self) -> None:
        """Give the network back."""
        if self._listener is None:
            listener = socket.create_server(("127.0.0.1", self._port))
            self._listener, self._port = listener, listener.getsockname()[1]
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    def off(self) -> None:
        """Take the network away."""
        with self._guard:
            listener, self._listener = self._listener, None
            cut = [*self._open, *([listener] if listener else [])]
        for each in cut:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        if listener is not None:
            listener.close()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._server)
            except OSError:
                client.close()
                continue
            with self._guard:
                if self._listener is not listener:
                    client.close()
                    server.close()
                    return
                self._open |= {client, server}
            threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Both ways until one side ends or the switch cuts both."""
        other = {client: server, server: client}
        with client, server:
            with suppress(OSError):
                while ready := select.select(list(other), [], [])[0]:
                    for source in ready:
                        part = source.recv(65536)
                        if not part:
                            raise ConnectionResetError
                        other[source].sendall(part)
            with self._guard:
                self._open -= set(other)


class Visitor:
    """Goes through the sign-in pages of the demo's issuer as a person would: chooses a teacher, confirms, comes back.

    Only for runs that nobody watches; the pages and the flow are the ones a browser shows.
    """

    def __init__(self, teacher: str) -> None:
        self._teacher = teacher
        self._open = build_opener(ProxyHandler({})).open

    def __call__(self, address: str) -> None:
        """Go to the page and return at once, as opening a browser does."""
        threading.Thread(target=self.visit, args=(address,), daemon=True).start()

    def visit(self, address: str) -> str:
        """Go through the pages; what the last one said. Raises URLError, Defect where a page is not as expected."""
        choice = self._page(address)
        second = self._page(*choice.pressed(address, self._teacher))
        return self._page(*second.pressed(address, "")).text

    def _page(self, address: str, form: Mapping[str, str] | None = None) -> "_Page":
        data = None if form is None else urlencode(form).encode()
        with self._open(address, data, timeout=_PAGE_S) as answer:
            page = _Page()
            page.feed(answer.read().decode("utf-8"))
            return page


class _Page(HTMLParser):
    """The one form of a page: where it goes, what it hides, and its buttons by the words on them."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._action = ""
        self._hidden: dict[str, str] = {}
        self._buttons: list[tuple[str, str, list[str]]] = []

    def pressed(self, address: str, words: str) -> tuple[str, dict[str, str]]:
        """Address and fields of the form when the first button that begins with `words` is pressed."""
        for name, value, texts in self._buttons:
            if "".join(texts).startswith(words):
                return urljoin(address, self._action), self._hidden | ({name: value} if name else {})
        raise Defect(assumed="the demo's page offers this button")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, hidden fields and buttons."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._action = said.get("action", "")
        elif tag == "input" and said.get("type") == "hidden":
            self._hidden[said["name"]] = said.get("value", "")
        elif tag == "button":
            self._buttons.append((said.get("name", ""), said.get("value", ""), []))

    def handle_data(self, data: str) -> None:
        """Words, of the last button while there is one."""
        self.text += data
        if self._buttons:
            self._buttons[-1][2].append(data)
