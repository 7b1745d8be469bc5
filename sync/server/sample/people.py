"""Records of classes, groups and children."""

from collections.abc import Iterator

from sync.server.sample.children import Child, Roster
from sync.server.sample.premise import Premise, SampleRecord, uuid4
from sync.server.sample.roster import GROUP


def class_records(premise: Premise, roster: Roster) -> Iterator[SampleRecord]:
    """Classes, then study groups."""
    for room in roster.rooms:
        grades = sorted({child.grade for child in roster.by_class[room.code]})
        kind = "special_support" if room.special else "regular"
        yield premise.keyed(
            "class", year=premise.year, key=room.key, label=room.label, kind=kind, grades=grades, order_by="number"
        )
    yield premise.keyed("group", year=premise.year, key=GROUP, name="日本語の教室", kind="resource")


def pupil_records(premise: Premise, roster: Roster) -> Iterator[SampleRecord]:
    """Children under the names of daily lists."""
    chance = premise.chance("pupil ids")
    for child in roster.children:
        name = child.name
        yield premise.made(
            "pupil",
            child.id,
            at_classes=child.lists,
            family=name.family,
            given=name.given,
            kana_family=name.kana_family,
            kana_given=name.kana_given,
            call="さん",
            master_id=uuid4(chance),
        )


def official_records(premise: Premise, roster: Roster) -> Iterator[SampleRecord]:
    """Names as the register writes them (R22)."""
    for child in roster.children:
        name = child.name
        yield premise.keyed(
            "pupil_official",
            pupil=child.id,
            at_classes=child.classes,
            family=name.official_family or name.family,
            given=name.official_given or name.given,
            kana=name.official_kana or f"{name.kana_family} {name.kana_given}",
            common_family=name.common_family or None,
            common_given=name.common_given or None,
            latin=name.latin or None,
            glyph_state=name.glyph_state,
        )


def enrolment_records(premise: Premise, roster: Roster) -> Iterator[SampleRecord]:
    """When children came to the school, and when some left it."""
    for child in roster.children:
        to = child.left.isoformat() if child.left else None
        yield premise.keyed(
            "enrolment",
            pupil=child.id,
            from_=child.entered.isoformat(),
            at_classes=child.lists,
            entry=child.entry,
            to=to,
            leave="transferred" if to else None,
        )


def membership_records(premise: Premise, roster: Roster) -> Iterator[SampleRecord]:
    """Places in classes and groups, with their numbers (R13-R15, R23)."""
    grouped = 0
    for child in roster.children:
        yield _place(premise, child, child.home, child.number, "home")
        if child.guest:
            yield _place(premise, child, child.guest, child.guest_number, "exchange")
        if child.group:
            grouped += 1
            yield _place(premise, child, child.group, grouped, "group")


def _place(premise: Premise, child: Child, code: str, number: int, kind: str) -> SampleRecord:
    to = child.left.isoformat() if child.left else None
    return premise.keyed(
        "membership", pupil=child.id, class_=code, from_=child.came.isoformat(), number=number, kind=kind, to=to
    )
