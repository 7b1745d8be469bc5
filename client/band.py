"""What tells the sample school from a real one on every window, and the network that can be taken from it."""

from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.label import Label


class Network(Protocol):
    """A network that can be taken away: the demo's."""

    @property
    def is_on(self) -> bool:
        """Whether it is there."""
        ...

    def on(self) -> None:
        """Give it back."""
        ...

    def off(self) -> None:
        """Take it away."""
        ...


class SampleBand(Ground):
    """The band of the demo: nobody may take invented pupils for real ones, or the reverse; and its network's switch."""

    switched = Signal()

    def __init__(self, network: Network, parent: QWidget) -> None:
        super().__init__("warn_fill", Qt.Edge.BottomEdge, parent)
        self._network = network
        self.setFixedHeight(ink.look().px(34))
        row = QHBoxLayout(self)
        row.setContentsMargins(ink.look().px(16), 0, ink.look().px(16), 1)
        words = lambda: self.tr("Sample school: all people here are invented")  # noqa: E731
        row.addWidget(Label(words, Step.CAPTION, self, colour="warn", bold=True))
        row.addStretch(1)
        self.switch = Button(self._words, Kind.LINK, self)
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where somebody is typing
        self.switch.clicked.connect(self._switch)
        row.addWidget(self.switch)

    def _words(self) -> str:
        return self.tr("Cut the network") if self._network.is_on else self.tr("Connect the network")

    @Slot()
    def _switch(self) -> None:
        if self._network.is_on:
            self._network.off()
        else:
            self._network.on()
        self.switch.set_words(self._words)
        self.switched.emit()
