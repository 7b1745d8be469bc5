"""The left of the page: the cases, and below them what has not become one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.conflicts.delegate import CaseList
from client.conflicts.table import CaseTable
from client.widgets import ink
from client.widgets.ground import Ground
from client.widgets.ink import Step
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule

WIDTH = 312


class CaseColumn(Ground):
    """The list of cases over a sentence about all that was put together without asking."""

    def __init__(self, table: CaseTable, parent: QWidget) -> None:
        super().__init__("panel", Qt.Edge.RightEdge, parent)
        look = ink.look()
        self.list = CaseList(self)
        self.list.setModel(table)
        told = Paragraph(
            lambda: self.tr("Fields that only one side changed were put together. All of it is in the history."),
            Step.CAPTION,
            colour="text2",
        )
        self.setFixedWidth(look.px(WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list, 1)
        column.addWidget(Rule(parent=self))
        foot = QVBoxLayout()
        foot.setContentsMargins(look.px(24), look.px(12), look.px(16), look.px(16))
        foot.addWidget(told)
        column.addLayout(foot)
