"""The record types as they were agreed on, written down a second time: nobody changes one without meaning it.

A line of a type: key; scopes; class; writers; what two editors get; partition where it is not the school's. Below it
its fields: `!` = needed at creation, braces = one unit, decided together.
"""

import re
from itertools import groupby

import pytest

from sync.records.field import Field, Kind
from sync.records.record import RecordType
from sync.records.registry import TYPES, data_class_of, scopes_of
from sync.records.roles import Partition

TABLE = """
school: v7; all; IV; board_office; server; pref
    name!text(60) official_name text(120) kind!enum(elementary, junior_high, compulsory, special)
    school_code!text(13) board_code!text(6) address text(200) opened date closed date
code_item: set code; all; IV; academic board_office; server; any
    set!code(32) code!code(32) name!text(60) short text(8) order int attrs list valid_from date valid_to date
subject: code; all; IV; board_office; server; pref
    code!code name!text(60) short text(4) grades!set recorded!enum(abc_grade, abc, text, circle) yearly_units list
    order int
viewpoint_set: code; all; IV; board_office; server; pref
    code!code valid_from!date items!list
symbol: symbol_set status; all; IV; academic board_office; server; board
    symbol_set!code status!enum(PRESENT, ABSENT_SICK, ABSENT_ACCIDENT, SUSPEND, MOURNING, LATE, EARLY, LATE_EARLY,
    EXEMPT_PRESENT, CLASS_CLOSED, SCHOOL_CLOSED, NOT_ENROLLED, UNKNOWN) symbol!text(4) name!text(60) keys text(40)
    counts set
grading_rule: year stage subject; all; IV; academic; server; board
    year!int stage!enum(P, J) subject!code cut_a dec(5,2) cut_b dec(5,2) not_submitted enum(exclude, zero)
    table!list version int
school_year: year; all; IV; academic; server
    year!int term_count!int symbol_set!code sealed bool
term: year no; all; IV; academic; server
    year!int no!int name!text(60) start!date end!date
school_day: date; all; IV; academic vice; unit
    date!date {kind!enum(school_day, holiday, makeup) title text(60)}
closure: class date; all; III; academic vice; unit
    class!ref(class) date!date {counts_as!enum(less_school_days, suspension) cause code part enum(day, am, pm)}
class: year key; all; III; academic; server
    year!int key!code(8) label!text(20) kind!enum(regular, special_support, multi_grade) grades!set order_by
    enum(number, groups, kana)
group: year key; all; III; academic; server
    year!int key!code(8) name!text(60) kind enum(small_group, elective, resource)
course: year class subject; all lesson; III; academic; server
    year!int class!ref(class) subject!code @lesson!ref(course) viewpoint_set!ref(viewpoint_set)
    rule!ref(grading_rule) text_only bool
staff: v7; all; III; clerk vice; server
    user!uuid4 name!text(60) kana text(60) post text(40) active bool
duty: v7; all; III; vice; server
    staff!ref(staff) role!enum(principal, vice, academic, grade_lead, homeroom, deputy, subject, special, resource,
    nurse, nutrition, clerk, assistant, counsellor, board_guidance, board_office, form_owner, ict)
    {target_kind!enum(school, grade, class, group, course, pupil) target!code} from!date to date
pupil: v7; roster; III; academic clerk; server
    @classes!set(class) {family!text(60) given!text(60)} {kana_family!text(60) kana_given!text(60)} call text(6)
    list_group int master_id uuid4
pupil_official: pupil; homeroom register; II; academic clerk; server
    pupil!ref(pupil) @classes!set(class) {family text(60) given text(60) kana text(60)} {common_family text(60)
    common_given text(60)} latin text(60) glyph_state enum(ok, unmapped, missing)
enrolment: pupil from; roster; III; academic clerk; server
    pupil!ref(pupil) from!date @classes!set(class) entry!enum(first, transfer_in, admitted) {to date leave
    enum(graduated, transferred, withdrawn, deferred)}
membership: pupil class from; roster; III; academic clerk; server
    pupil!ref(pupil) class!ref(class) from!date {number int kind!enum(home, exchange, group)} to date
attendance_day: class date; class; III; deputy homeroom special vice; grow
    class!ref(class) date!date {taken!bool by ref(staff) at stamp}
attendance: pupil date; class; III; deputy homeroom special vice; unit
    pupil!ref(pupil) date!date @classes!set(class) {mark!enum(PRESENT, ABSENT_SICK, ABSENT_ACCIDENT, SUSPEND,
    MOURNING, LATE, EARLY, LATE_EARLY, EXEMPT_PRESENT) late_at time left_at time} source enum(teacher, notice,
    import, correction)
attendance_note: pupil date; class; II; deputy homeroom nurse special vice; unit
    pupil!ref(pupil) date!date @classes!set(class) {reason code text text(100)} heard_by
    enum(app, phone, visit, other)
seat: class pupil; class; III; deputy homeroom special vice; unit
    class!ref(class) pupil!ref(pupil) {row int column int}
evidence: v7; lesson; II; subject; unit
    @lesson!ref(course) course!ref(course) term!ref(term) title!text(40) kind!code date date unit_name text(60)
    cos_code text(16) closed bool
evidence_part: evidence viewpoint; lesson; II; subject; unit
    evidence!ref(evidence) viewpoint!code @lesson!ref(course) {max!dec(6,2) weight!dec(5,2)}
score: evidence_part pupil; lesson; II; subject; unit
    evidence_part!ref(evidence_part) pupil!ref(pupil) @lesson!ref(course) {state!enum(scored, not_done,
    not_submitted, absent, excluded, pending) value dec(6,2)} note text(60)
viewpoint_grade: pupil course term viewpoint; grades lesson; II; subject; unit
    pupil!ref(pupil) course!ref(course) term!ref(term) viewpoint!code @class!ref(class) {value enum(A, B, C)
    basis!enum(auto, manual) proposed enum(A, B, C) reason text(100) unrated code rule_version int}
course_grade: pupil course term; grades lesson; II; subject; unit
    pupil!ref(pupil) course!ref(course) term!ref(term) @class!ref(class) {value int basis!enum(auto, manual)
    proposed int reason text(100) unrated code rule_version int}
remark: pupil term box; homeroom; II; deputy homeroom resource special subject; merge
    pupil!ref(pupil) term!ref(term) box!code @class!ref(class) @lesson ref(course) text mtext(2000) {done bool by
    ref(staff) at stamp}
daily_note: v7; homeroom; II; assistant counsellor deputy homeroom resource special staff subject; append
    author!ref(staff) @classes!set(class) audience!enum(team, homeroom, own) pupils!set(pupil) date!date
    text!text(1000) tags set(note_tag)
"""
AGREED = dict(re.findall(r"^(\w+): ((?:.+\n)(?:    .+\n)+)", TABLE, re.MULTILINE))
ROUTE = {"@class": "2026:3-2", "@classes": ["2026:3-2"], "@lesson": "2026:3-2:math", "@box": "overall", "@staff": "t"}


def head(type_: RecordType) -> str:
    """The first line of a type, from what the registry says."""
    fields = {name: ROUTE[route] for route, name in type_.routes.items()}
    scopes = dict.fromkeys(scope.partition(":")[0] for scope in scopes_of(type_, fields))
    said = [
        " ".join(type_.key) or "v7",
        " ".join(scopes),
        data_class_of(type_, fields),
        " ".join(sorted(type_.writers)),
        type_.two_editors,
    ]
    return "; ".join(said + ([] if type_.partition is Partition.SCHOOL else [type_.partition]))


def body(type_: RecordType) -> str:
    """Its fields."""
    words: list[str] = []
    for unit, names in groupby(type_.fields, lambda name: type_.unit_names.get(name, name)):
        said = " ".join(
            name + ("!" if type_.fields[name].required else " ") + form(type_.fields[name]) for name in names
        )
        words.append(f"{{{said}}}" if len(type_.units.get(unit, ())) > 1 else said)
    return " ".join(words)


def form(field: Field) -> str:
    """What a field takes."""
    kind = field.kind
    match kind.name:
        case "enum":
            inside = ", ".join(kind.choices)
        case "dec":
            inside = f"{digits(kind)},{kind.places}"
        case "ref" | "set":
            inside = kind.target
        case _:
            inside = str(kind.limit or "")
    return f"{kind.name}({inside})" if inside else kind.name


def digits(kind: Kind) -> int:
    """How many digits a decimal may have."""
    return next(count for count in range(30) if not kind.check(10**count))


@pytest.mark.parametrize("name", AGREED)
def test_a_type_is_what_was_agreed(name: str) -> None:
    assert f"{head(TYPES[name])} {body(TYPES[name])}" == " ".join(AGREED[name].split())


def test_the_table_is_read_whole() -> None:
    assert len(AGREED) == len([line for line in TABLE.splitlines() if line and not line.startswith(" ")]) == 30


@pytest.mark.parametrize(
    ("audience", "scopes"),
    [
        ("team", ("notes:2026:3-2", "notes:2026:sp-1")),
        ("homeroom", ("homeroom:2026:3-2", "homeroom:2026:sp-1")),
        ("own", ("staff:t",)),
    ],
)
def test_a_daily_note_is_read_by_whom_its_author_wrote_it_for(audience: str, scopes: tuple[str, ...]) -> None:
    fields = {"author": "t", "audience": audience, "@classes": ["2026:3-2", "2026:sp-1"]}
    assert scopes_of(TYPES["daily_note"], fields) == scopes


def test_a_daily_note_is_about_somebody_and_says_something() -> None:
    sound = {"@classes": ["2026:3-2"], "pupils": ["p"], "text": "手を挙げた"}
    faults = TYPES["daily_note"].faults
    assert faults(sound) == ()
    assert faults(sound | {"text": " \n"}) == ("text",)
    assert faults(sound | {"pupils": []}) == ("pupils",)
