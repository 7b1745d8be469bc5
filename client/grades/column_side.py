"""What the column under the cursor amounts to, in the panel at the right: as the footer says it, at any size."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from client.grades.record import ColumnKind, Sheet
from client.grades.statistics import summary
from client.widgets import ink
from client.widgets.ink import Step
from client.widgets.label import Label


class ColumnSide(QWidget):
    """Mean, median, range, number and blanks of one column, over those who are there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look = ink.look()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(Label(lambda: self.tr("This column"), Step.CAPTION, self, colour="text2", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(2))
        for at in (0, 2):
            grid.setColumnMinimumWidth(at, look.px(56))
            grid.setColumnStretch(at + 1, 1)
        titles = (
            lambda: self.tr("Mean"),
            lambda: self.tr("Median"),
            lambda: self.tr("Range"),
            lambda: self.tr("Number"),
            lambda: self.tr("Blank"),
        )
        self.values = [Label("", Step.BODY, self) for _ in titles]
        self._titles = [Label(words, Step.CAPTION, self, colour="text2") for words in titles]
        for at, (title, value) in enumerate(zip(self._titles, self.values, strict=True)):
            grid.addWidget(title, at // 2, at % 2 * 2)
            grid.addWidget(value, at // 2, at % 2 * 2 + 1)
        column.addLayout(grid)

    def show_column(self, sheet: Sheet, at: int) -> None:
        """Tell of this column of a sheet."""
        column = sheet.columns[at]
        told = summary(column, (row.cells[at].value for row in sheet.rows if not row.who.gone))
        counted = column.kind is ColumnKind.POINTS
        texts = (told.mean, told.median, told.range, str(told.scored), str(told.blank))
        for place, (title, value, text) in enumerate(zip(self._titles, self.values, texts, strict=True)):
            value.set_words(text or "－")
            for part in (title, value):
                part.setVisible(counted or place > 2)
