"""Renders every widget in both themes and all text sizes to pictures: python -m tests.tour.gallery OUTDIR [name …]."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from client.resources import ROOT
from client.shell.crash import CrashDialog
from client.shell.key_list import KeyList
from client.shell.look import Looks, Theme
from client.shell.messages import Asked
from client.shell.messages import Question as QuestionBox
from client.widgets import ink
from client.widgets.button import Button, Kind
from client.widgets.card import Card
from client.widgets.charts import Point, SmallLine
from client.widgets.chip import Chip, FilterChip
from client.widgets.choice_pad import Choice, ChoiceHead, ChoicePad, Question
from client.widgets.column_table import Column, ColumnTable, Heading
from client.widgets.counted_text import CountedText
from client.widgets.diff_text import DiffText
from client.widgets.empty_state import EmptyState
from client.widgets.grid.footer import Distribution, Figure, FooterRow
from client.widgets.grid.view import GridView
from client.widgets.ground import Ground
from client.widgets.ink import Step, Tone
from client.widgets.label import Label
from client.widgets.line_edit import LineEdit
from client.widgets.marks import CellState
from client.widgets.menu import Menu
from client.widgets.message_strip import Act, Message, MessageStrip
from client.widgets.paragraph import Paragraph
from client.widgets.rule import Rule
from client.widgets.segmented import Segmented
from client.widgets.selector import Option, Selector
from client.widgets.status_sentence import Sentence, StatusSentence
from client.widgets.timeline import Happening, Timeline

CLASS = (
    "相沢 湊,石黒 紬,上杉 颯太,遠藤 凛,小野寺 樹,片桐 芽衣,木下 悠真,久保田 咲,小松 律,﨑山 蓮,"
    "笹本 澪,髙橋 陽菜,千葉 結月,辻 大和,戸田 莉子,中村 蒼,西 陸,野口 葵,橋本 新,日向 杏,"
    "藤井 蓮,星野 凛,前田 湊,三浦 紬,森 樹,山本 咲,吉田 律,渡辺 芽衣"
)
NAMES = CLASS.split(",")


UNITS = (
    ("わり算", "小テスト", "知技 9/2", "20点 10%", True, 20),
    ("わり算", "まとめ", "知技 9/9", "100点 40%", False, 100),
    ("わり算", "文章題", "思判 9/9", "50点 30%", False, 50),
    ("わり算", "ふり返り", "主体 9/10", "ABC 20%", False, 0),
    ("大きい数のしくみ", "小テスト", "知技 7/3", "20点 20%", True, 20),
    ("大きい数のしくみ", "まとめ", "知技 7/10", "100点 50%", True, 100),
    ("大きい数のしくみ", "ノート", "主体 7/13", "ABC 30%", True, 0),
    ("長さ", "小テスト", "知技 6/5", "20点 40%", True, 20),
    ("長さ", "まとめ", "知技 6/12", "100点 60%", True, 100),
)

SPECIAL = {
    (1, 3): ("A", CellState.LOCKED | CellState.NOTE),
    (3, 5): ("欠", CellState.MUTED),
    (4, 2): ("50", CellState.WAITING),
    (5, 3): ("A", CellState.WAITING),
    (7, 2): ("42", CellState.REFUSED),
    (8, 1): ("62", CellState.SAVING),
    (9, 1): ("", CellState.NONE),
    (10, 1): ("70", CellState.CONFLICT),
    (11, 1): ("85", CellState.WAITING),
    (12, 1): ("0", CellState.NONE),
    (12, 8): ("免", CellState.MUTED),
    (14, 1): ("", CellState.NONE),
    (14, 2): ("", CellState.NONE),
}
LEFT = 6

Row = tuple[int, str]


def _value(row: int, column: int) -> tuple[str, int]:
    if (row, column) in SPECIAL:
        text, state = SPECIAL[row, column]
        return text, int(state)
    highest = UNITS[column][5]
    seed = (row * 7 + column * 13) % 19
    return ("ABAB"[seed % 4] if not highest else str(highest - highest * seed // 40)), 0


def _unit_column(at: int) -> Column[Row]:
    unit = UNITS[at]

    def state(row: Row) -> int:
        marks = _value(row[0], at)[1] | CellState.NUMERIC | (CellState.STRUCK if row[0] == LEFT else 0)
        return int(marks | (CellState.CLOSED if unit[4] else 0))

    return Column(
        header=lambda: unit[1],
        heading=lambda: Heading(unit[1], unit[0], unit[0], (unit[2], unit[3]), unit[4]),
        text=lambda row: "" if row[0] == LEFT and at < 4 else _value(row[0], at)[0],
        state=state,
        editable=lambda row: not unit[4] and row[0] != LEFT,
        width=84,
    )


class Scores(ColumnTable[Row]):
    """A class and its scores, as a grades page would hand them over."""


def scores() -> Scores:
    number = int(CellState.NUMERIC | CellState.PLAIN_EDGE | CellState.MUTED)
    columns: tuple[Column[Row], ...] = (
        Column(header=lambda: "番号", text=lambda r: str(r[0] + 1), state=lambda _: number, width=48),
        Column(
            header=lambda: "氏名",
            text=lambda r: r[1],
            state=lambda r: int(CellState.STRUCK) if r[0] == LEFT else 0,
            caption=lambda r: "転出" if r[0] == LEFT else None,
            width=144,
        ),
        *(_unit_column(at) for at in range(len(UNITS))),
    )
    table = Scores(columns=columns)
    table.show([(at, name) for at, name in enumerate(NAMES)])
    return table


def footer_rows() -> list[FooterRow]:
    figures = [at for at, unit in enumerate(UNITS) if unit[5]]
    blank = {1: 2, 2: 1}
    return [
        FooterRow("平均", {at + 2: Figure(f"{16.3 + at:.1f}" if at in figures else None) for at in range(9)}),
        FooterRow("人数", {at + 2: Figure(str(27 - at % 3)) for at in range(9)}),
        FooterRow(
            "未入力",
            {at + 2: Figure(str(blank.get(at, 0)), strong=at in blank, muted=at not in blank) for at in range(9)},
        ),
        FooterRow(
            "分布",
            {
                at + 2: Distribution((0, 0, 0, 1, 7, 5)) if at in figures else Distribution((11, 7, 3), ("A", "B", "C"))
                for at in range(9)
            },
        ),
    ]


def grid() -> GridView:
    view = GridView(lambda text, _index: text or None, frozen=2)
    model = scores()
    model.setParent(view)
    view.show_model(model)
    view.show_footer(footer_rows())
    view.go(11, 3)
    view.delegate.cursor.focused = True
    return view


def tools_into(row: QHBoxLayout) -> None:
    for words, sign, count in (
        ("未入力", "", 3),
        ("未送信", "waiting", 5),
        ("要確認", "conflict", 1),
        ("変更あり", "", 6),
    ):
        chip = FilterChip(words, sign=sign)
        chip.set_count(count)
        row.addWidget(chip)
    row.addStretch(1)
    row.addWidget(Label("Enterで", Step.CAPTION, colour="text2"))
    row.addWidget(Segmented("Enterの向き", (("down", "下へ"), ("right", "右へ"))))


def selector(*words: str) -> Selector:
    made = Selector("組")
    made.show_options([Option(word, word) for word in words], words[0])
    return made


def side() -> QWidget:
    look = ink.look()
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(look.px(15), look.px(16), look.px(16), look.px(12))
    column.setSpacing(look.px(8))
    head = QHBoxLayout()
    head.setSpacing(look.px(8))
    head.addWidget(Label("12", Step.BODY, colour="text2", digits=True))
    head.addWidget(Label("髙橋 陽菜", Step.TITLE))
    head.addStretch(1)
    head.addWidget(Button("前の子", Kind.ICON, icon="up"))
    head.addWidget(Button("次の子", Kind.ICON, icon="down"))
    column.addLayout(head)
    column.addWidget(Label("たかはし はるな", Step.CAPTION, colour="text2"))
    chips = QHBoxLayout()
    chips.addWidget(Chip("公式表記あり"))
    chips.addWidget(Chip("配慮 1"))
    chips.addStretch(1)
    column.addLayout(chips)
    column.addSpacing(8)
    column.addWidget(Rule())
    column.addSpacing(4)
    column.addWidget(Label("この欄", Step.CAPTION, bold=True, colour="text2"))
    for name, value in (("いまの値", "85"), ("前の値", "80"), ("同じ単元", "小テスト 18  文章題 41")):
        line = QHBoxLayout()
        label = Label(name, Step.CAPTION, colour="text2")
        label.setFixedWidth(look.px(72))
        line.addWidget(label)
        line.addWidget(Label(value, digits=value.isdigit()))
        line.addStretch(1)
        if name == "いまの値":
            line.addWidget(Chip("接続後に送ります", sign="waiting"))
        column.addLayout(line)
    column.addSpacing(8)
    column.addWidget(Rule())
    column.addSpacing(4)
    history = QHBoxLayout()
    history.addWidget(Label("履歴", Step.CAPTION, bold=True, colour="text2"))
    history.addStretch(1)
    history.addWidget(Button("すべて", Kind.LINK))
    column.addLayout(history)
    entries = Timeline()
    entries.show_entries(
        [Happening("85", "田中先生", "9/11 14:31  この端末"), Happening("80", "田中先生", "9/9 16:02  職員室PC")]
    )
    column.addWidget(entries)
    column.addWidget(Rule())
    column.addWidget(Label("まとめテストのうつりかわり", Step.CAPTION, bold=True, colour="text2"))
    line = SmallLine()
    line.show_points([Point("長さ", 92), Point("大きい数", 88), Point("わり算", 85)], 40, 100)
    column.addWidget(line)
    column.addStretch(1)
    return panel


def frame(wide: int = 1366, high: int = 768) -> QWidget:
    """The grades page of the pictures, from our parts."""
    from client.shell.pages import Page, PageFrame, Place
    from client.shell.window import Window

    def grades() -> PageFrame:
        page = PageFrame("成績入力")
        for words in (("3年2組", "3年1組"), ("算数", "国語"), ("2学期", "1学期")):
            page.selectors.addWidget(selector(*words))
        page.buttons.addWidget(Button("列を足す", icon="add"))
        page.buttons.addWidget(Button("ほかの操作", Kind.ICON, icon="menu"))
        tools_into(page.tools)
        page.tool_band.show()
        page.body.addWidget(grid())
        page.side = side()
        return page

    def empty() -> PageFrame:
        return PageFrame("")

    rail = (
        ("today", "今日"),
        ("register", "名簿"),
        ("attendance", "出欠"),
        ("grades", "成績"),
        ("remarks", "所見"),
        ("reports", "帳票"),
        ("approval", "点検"),
        ("messages", "連絡"),
        ("sync", "同期"),
    )
    pages = [Page(key, key, lambda words=words: words, grades if key == "grades" else empty) for key, words in rail]
    pages.append(Page("week", "week", lambda: "週案", empty, place=Place.MORE))
    pages += [
        Page(key, key, lambda words=words: words, empty, place=Place.LOW)
        for key, words in (("preferences", "設定"), ("help", "ヘルプ"))
    ]
    window = Window(pages)
    window.resize(wide, high)
    window.open_page("grades")
    window.rail.set_badge("sync", on=True)
    window.status.say(
        [
            Sentence("conflict", "確認が必要 1件", Tone.WARN, "conflict"),
            Sentence("offline", "オフライン（この端末に保存済み・5件は接続後に送ります）", Tone.NEUTRAL, "offline"),
        ]
    )
    window.status.show_facts(["自動ロック 10分", "3年2組 担任", "投影 オフ"])
    return window


def conflict() -> QWidget:
    """The conflict page's right side of the pictures."""
    look = ink.look()
    ground = Ground("window")
    column = QVBoxLayout(ground)
    column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
    column.setSpacing(look.px(8))
    head = QHBoxLayout()
    head.addWidget(Label("11", Step.BODY, colour="text2", digits=True))
    head.addWidget(Label("笹本 澪", Step.TITLE))
    head.addSpacing(8)
    head.addWidget(Label("3年2組  算数  わり算  まとめ（100点・9/9）", colour="text2"))
    head.addStretch(1)
    head.addWidget(Button("相手にきく", icon="ask"))
    head.addWidget(Button("履歴", Kind.LINK, icon="history"))
    column.addLayout(head)
    words = (
        "佐藤先生も同じ欄を直していました（14:31、職員室PC）。どちらにするか選んでください。両方とも履歴に残ります。"
    )
    column.addWidget(Paragraph(words))
    column.addSpacing(8)
    pad = ChoicePad()
    base, mine, theirs = (
        "筆算の途中をていねいに書く。",
        "筆算の途中をていねいに書く。見直しが課題。",
        "筆算の途中をていねいに書く。あまりの意味を説明できた。",
    )
    pad.show_questions(
        [
            ChoiceHead("1", "元の値", "2人が直す前"),
            ChoiceHead("2", "この端末", "田中 葵 先生"),
            ChoiceHead("3", "いまの値", "サーバーにある値"),
        ],
        [
            Question(
                "score",
                "まとめ",
                "100点まで",
                (
                    Choice("空欄", "だれも入れていません", "9/9 12:40  列を作ったとき", empty=True),
                    Choice("70", "田中先生（あなた）", "14:29  この端末・教室PC"),
                    Choice("78", "佐藤先生", "14:31  職員室PC"),
                ),
                2,
            ),
            Question(
                "note",
                "メモ",
                "一緒に直された欄・違うところに線",
                (
                    Choice(base, "田中先生（あなた）", "9/8 16:10  職員室PC", text=True, other=base),
                    Choice(mine, "田中先生（あなた）", "14:29  この端末・教室PC", text=True, other=base),
                    Choice(theirs, "佐藤先生", "14:31  職員室PC", text=True, other=base),
                ),
                1,
            ),
        ],
    )
    column.addWidget(pad)
    column.addStretch(1)
    card = Card()
    title = QHBoxLayout()
    title.addWidget(Label("けっか", Step.BODY, bold=True))
    title.addWidget(Label("選んだ値です。メモはここで直せます", Step.CAPTION, colour="text2"))
    title.addStretch(1)
    card.body.addLayout(title)
    row = QHBoxLayout()
    row.addWidget(Label("メモ", Step.CAPTION, colour="text2"))
    edit = LineEdit()
    edit.setText(mine)
    row.addWidget(edit)
    row.addSpacing(24)
    row.addWidget(Button("次へ", keycap="N"))
    row.addWidget(Button("これで決める", Kind.PRIMARY, keycap="Ctrl+Enter"))
    card.body.addLayout(row)
    column.addWidget(card)
    ground.resize(975, 692)
    return ground


def controls() -> QWidget:
    """Buttons, fields, chips in their states."""
    look = ink.look()
    ground = Ground("content")
    column = QVBoxLayout(ground)
    column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
    column.setSpacing(look.px(16))
    rows: list[list[QWidget]] = [
        [
            Button("保存する", Kind.PRIMARY),
            Button("これで決める", Kind.PRIMARY, keycap="Ctrl+Enter"),
            Button("次へ", keycap="N"),
            Button("列を足す", icon="add"),
            Button("すべて", Kind.LINK),
            Button("履歴", Kind.LINK, icon="history"),
            Button("閉じる", Kind.ICON, icon="close"),
        ],
        [
            Button("保存する", Kind.PRIMARY),
            Button("列を足す", icon="add"),
            Button("すべて", Kind.LINK),
            selector("3年2組"),
        ],
        [LineEdit("名前"), LineEdit()],
        [
            Chip("担任"),
            Chip("確認が必要 1件", Tone.WARN, sign="conflict", bold=True),
            Chip("送信中… 8/20", Tone.INFO, sign="sending"),
            Chip("受け付けられなかった変更 1件", Tone.DANGER, sign="refused"),
            Chip("送信済み 14:32", Tone.PLAIN),
            Chip("確定", sign="locked"),
        ],
        [selector("3年2組"), Segmented("向き", (("d", "下へ"), ("r", "右へ")))],
    ]
    for widget in rows[1]:
        widget.setEnabled(False)
    wrong = rows[2][1]
    assert isinstance(wrong, LineEdit)
    wrong.setText("105")
    wrong.set_wrong(wrong=True)
    on = FilterChip("要確認", sign="conflict")
    on.set_count(1)
    on.setChecked(True)
    rows[4].append(on)
    for widgets in rows:
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    counted = CountedText("あと{count}字多いです", limit=20)
    counted.set_text("係の仕事を最後まで進め、友達に声をかけました。")
    counted.setFixedHeight(look.px(90))
    column.addWidget(counted)
    strip = MessageStrip()
    strip.show_message(
        Message(
            lambda: "満点は100点です。105は入れられません。",
            Tone.DANGER,
            (Act("fix", lambda: "105に戻って直す"),),
            "E-4001",
        )
    )
    column.addWidget(strip)
    calm = MessageStrip()
    calm.show_message(Message(lambda: "25件を貼り付けました。", Tone.NEUTRAL, (Act("undo", lambda: "元に戻す"),)))
    column.addWidget(calm)
    diff = DiffText()
    diff.show_text("筆算の途中をていねいに書く。見直しが課題。", "筆算の途中をていねいに書く。")
    column.addWidget(diff)
    ground.resize(look.px(860), look.px(620))
    return ground


def status() -> QWidget:
    """The status line with much to say and little room."""
    ground = Ground("panel")
    column = QVBoxLayout(ground)
    said = (
        Sentence("conflict", "確認が必要 2件", Tone.WARN, "conflict", "2"),
        Sentence("refused", "受け付けられなかった変更 1件", Tone.DANGER, "refused", "1"),
        Sentence("sending", "送信中… 8/20", Tone.INFO, "sending", "8/20"),
        Sentence("waiting", "送信待ち 12件", Tone.NEUTRAL, "waiting", "12"),
    )
    for wide, sentences in ((700, said), (300, said), (300, said[3:]), (300, (Sentence("sent", "送信済み 14:32"),))):
        line = StatusSentence()
        line.setFixedSize(wide, 28)
        line.say(sentences)
        column.addWidget(line)
    ground.resize(740, 160)
    return ground


def empty() -> QWidget:
    """A place with nothing in it yet."""
    made = EmptyState(
        "grades",
        "まだ列がありません",
        "テストや提出物の列を足すと、ここに学級全員の欄が並びます。",
        act="列を足す",
    )
    ground = Ground("content")
    QVBoxLayout(ground).addWidget(made)
    ground.resize(720, 400)
    return ground


def small() -> QWidget:
    """The smallest window there is."""
    return frame(760, 390)


def large() -> QWidget:
    """A big screen."""
    return frame(1920, 1080)


def editing() -> QWidget:
    """A grid whose cell is being typed in and was refused, with a selected block."""
    view = grid()
    view.delegate.cursor.block = frozenset((row, column) for row in (2, 3, 4) for column in (3, 4))
    view.table.edit(view.current)
    editor = view.table.entry.editor
    if editor is not None:
        editor.setText("105")
        editor.refuse()
    return view


HOSTS: list[QWidget] = []


def host() -> QWidget:
    """A parent that lives as long as the gallery."""
    HOSTS.append(QWidget())
    return HOSTS[-1]


def question() -> QWidget:
    """A question before what cannot be undone."""
    words = "確定すると、差し戻されるまで直せません。まだ送っていない変更が5件あります。"
    return QuestionBox(Asked("2学期の算数を確定しますか", words, "確定する", "やめる"), host())


def crash() -> QWidget:
    """Our own fault, in plain words."""
    words = "思わぬ問題が起きました。14:32までの入力は保存しています。この番号をICT担当に伝えてください。"
    return CrashDialog(words, 9001, "Traceback …")


def keys() -> QWidget:
    """The list of keys."""
    return KeyList(["grid"], host())


def menu() -> QWidget:
    """A list of choices, open."""
    opened = Menu(host())
    for at, words in enumerate(("3年1組", "3年2組", "3年3組")):
        action = opened.addAction(words)
        action.setCheckable(True)
        action.setChecked(at == 1)
        if at == 2:
            opened.setActiveAction(action)
    opened.addSeparator()
    opened.addAction("専科の学級").setEnabled(False)
    return opened


PAGES: dict[str, Callable[[], QWidget]] = {
    "frame": frame,
    "small": small,
    "large": large,
    "grid": grid,
    "editing": editing,
    "conflict": conflict,
    "question": question,
    "crash": crash,
    "keys": keys,
    "menu": menu,
    "controls": controls,
    "status": status,
    "empty": empty,
}


def render(out: Path, wanted: list[str]) -> list[Path]:
    """Write one picture a page, theme and text size; returns their paths."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([])
    looks = Looks(application, ROOT / "fonts")
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for theme in (Theme.LIGHT, Theme.DARK):
        for scale in (1.0, 0.9, 1.3):
            looks.show(theme, scale)
            end = f"{theme.value}-{round(scale * 100)}.png"
            written += [_shot(application, PAGES[name], out / f"{name}-{end}") for name in wanted]
    return written


def _shot(application: Any, make: Callable[[], QWidget], path: Path) -> Path:
    widget = make()
    if isinstance(widget, GridView):
        widget.resize(966, 648)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    application.processEvents()
    widget.grab().save(str(path))
    widget.close()
    application.processEvents()
    return path


if __name__ == "__main__":
    for picture in render(Path(sys.argv[1]), sys.argv[2:] or list(PAGES)):
        print(picture)
