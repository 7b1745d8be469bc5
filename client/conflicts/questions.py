"""Puts a case into the words of the decision: three cards a field, with value, person, time and PC."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from client.conflicts.record import Case, Choice, Difference, People
from client.conflicts.rules import whole
from client.syncing.record import FieldKind
from client.syncing.rules import short_date, when
from client.syncing.words import path_of, person, title_of, value_words
from client.terms import Speech
from client.widgets.choice_pad import Choice as Card
from client.widgets.choice_pad import ChoiceHead, Question
from client.workspace import Side
from sync.records.decimals import written

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Teller:
    """What the words need: who is who, the language and the moment."""

    people: People
    speech: Speech
    now: datetime

    def heads(self, case: Case) -> tuple[ChoiceHead, ...]:
        """The three columns of a case."""
        difference = case.differences[0]
        incoming = difference.conflict.incoming
        if difference.here:
            second = translate("Conflicts", "This PC"), self._name(incoming.by)
        else:
            second = translate("Conflicts", "The other change"), incoming.device
        return (
            ChoiceHead("1", translate("Conflicts", "Original value"), translate("Conflicts", "before both changes")),
            ChoiceHead("2", *second),
            ChoiceHead("3", translate("Conflicts", "Value now"), translate("Conflicts", "as the school has it")),
        )

    def where(self, case: Case) -> str:
        """Where the field of a case stands: class and subject, the work, its day."""
        about = case.about
        field = path_of(about, self.speech)
        if about.day is not None:
            field = translate("Conflicts", "{field} ({day})").format(field=field, day=short_date(about.day))
        return "  ".join(part for part in (about.place, field) if part)

    def question(self, difference: Difference, chosen: Choice | None) -> Question:
        """One field with its cards."""
        about = difference.about
        note = ""
        if about.kind is FieldKind.TEXT:
            note = translate("Conflicts", "differences are underlined")
        elif about.kind is FieldKind.POINTS and about.limit is not None:
            note = translate("Conflicts", "up to {max}").format(max=written(about.limit, 2))
        cards = (self._base(difference), self._incoming(difference), self._current(difference))
        at = None if chosen is None else chosen.value
        return Question(difference.conflict.id, title_of(about, self.speech), note, cards, at)

    def value(self, difference: Difference, choice: Choice) -> str:
        """The words of what a choice would leave."""
        conflict = difference.conflict
        value = {
            Choice.BASE: conflict.base,
            Choice.INCOMING: conflict.incoming.value,
            Choice.CURRENT: conflict.current.value,
        }[choice]
        return value_words(difference.about, value, self.speech)

    def blank(self, difference: Difference, choice: Choice) -> str:
        """What is said where a choice has no words: nothing was entered, or the record is deleted."""
        conflict = difference.conflict
        sides = {Choice.INCOMING: conflict.incoming.value, Choice.CURRENT: conflict.current.value}
        if choice in sides and sides[choice] is None:
            return translate("Conflicts", "deleted")
        return translate("Conflicts", "blank")

    def sentence(self, case: Case) -> str:
        """Who else changed the field, in one sentence."""
        difference = case.differences[0]
        conflict = difference.conflict
        other = conflict.current if difference.here else conflict.incoming
        mine = conflict.incoming.by if difference.here else conflict.current.by
        facts = {"time": when(other.at, self.now), "pc": other.device or translate("Conflicts", "the school's server")}
        if other.by is not None and other.by == mine:
            sentence = translate(
                "Conflicts",
                "The same field was changed on another PC ({time}, {pc}). Please choose one. Both stay in the history.",
            )
            return sentence.format(**facts)
        sentence = translate(
            "Conflicts", "{who} also changed this field ({time}, {pc}). Please choose one. Both stay in the history."
        )
        return sentence.format(who=person(self.people.staff, other.by), **facts)

    def asked(self, case: Case, *, over: bool) -> str:
        """Who is asked to settle a case, by whom and when; empty where nobody is. Not sent yet, it has no time.

        over: the one who was asked may not settle it any more.
        """
        given = case.given
        if given is None:
            return ""
        facts = {"who": person(self.people.staff, given.assignee), "by": person(self.people.staff, given.asked_by)}
        if over:
            sentence = translate(
                "Conflicts", "{who} was asked to settle this, and may not any more. Please ask somebody else."
            )
        elif given.assignee == self.people.me:
            sentence = translate("Conflicts", "{by} asked you to settle this.")
        elif given.asked_by == self.people.me:
            sentence = translate("Conflicts", "You asked {who} to settle this.")
        else:
            sentence = translate("Conflicts", "{by} asked {who} to settle this.")
        return "  ".join(part for part in (sentence.format(**facts), when(given.asked_at, self.now)) if part)

    # -- cards --------------------------------------------------------------------------------------------------------

    def _base(self, difference: Difference) -> Card:
        conflict = difference.conflict
        words = value_words(difference.about, conflict.base, self.speech)
        empty = all(value is None for value in whole(conflict.type, conflict.unit, conflict.base).values())
        who = translate("Conflicts", "Nobody had entered one") if empty else ""
        return self._card(difference, Choice.BASE, words, who, translate("Conflicts", "before both changes"))

    def _incoming(self, difference: Difference) -> Card:
        side = difference.conflict.incoming
        return self._sided(difference, Choice.INCOMING, side, here=difference.here)

    def _current(self, difference: Difference) -> Card:
        return self._sided(difference, Choice.CURRENT, difference.conflict.current, here=False)

    def _sided(self, difference: Difference, choice: Choice, side: Side, *, here: bool) -> Card:
        words = value_words(difference.about, side.value, self.speech)
        device = side.device or translate("Conflicts", "the school's server")
        if here:
            device = translate("Conflicts", "this PC: {name}").format(name=device)
        # What a PC's own clock said is shown for its own edit; the school's time for what others see.
        time = when((side.made if here else side.at) or side.at, self.now)
        return self._card(difference, choice, words, self._name(side.by), f"{time}  {device}")

    def _card(self, difference: Difference, choice: Choice, words: str, who: str, below: str) -> Card:
        text = difference.about.kind in (FieldKind.TEXT, FieldKind.OTHER) and bool(words)
        other = ""
        if text:
            other = self._compared(difference, choice) or words
        return Card(words or self.blank(difference, choice), who, below, empty=not words, text=text, other=other)

    def _compared(self, difference: Difference, choice: Choice) -> str:
        """The text a text's differences are shown against: the original, or the other one where there was none."""
        other = Choice.CURRENT if choice is Choice.INCOMING else Choice.INCOMING
        return self.value(difference, Choice.BASE) or self.value(difference, other)

    def _name(self, id_: str | None) -> str:
        name = person(self.people.staff, id_)
        return translate("Conflicts", "{name} (you)").format(name=name) if id_ and id_ == self.people.me else name
