"""Group B, pupils: names in their three sets, enrolment, membership of classes (domain.md 12, 15.2 B)."""

from sync.records.field import day, enum, integer, ref, set_of, text, uuid
from sync.records.record import Fields, Record
from sync.records.roles import DataClass, Role, TwoEditors


class PupilRecord(Record):
    """Kept by 教務 and 事務 online; what teachers read of a pupil."""

    DATA_CLASS = DataClass.III
    WRITERS = (Role.CLERK, Role.ACADEMIC)
    TWO_EDITORS = TwoEditors.SERVER


class Pupil(PupilRecord):
    """児童生徒, with the display name: what daily lists show (R22). The id stays for the whole prefecture (R34)."""

    TYPE = "pupil"
    ROUTES = {"@classes": "@classes"}  # noqa: RUF012  a declaration, read once
    at_classes = set_of(ref("class")).needed()
    family = text(60).needed()
    given = text(60, unit="family").needed()
    kana_family = text(60).needed()
    kana_given = text(60, unit="kana_family").needed()
    call = text(6)
    list_group = integer()
    master_id = uuid()

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """Every class the pupil belongs to, at home or as a guest (R23)."""
        return tuple(f"roster:{key}" for key in route["@classes"])


class PupilOfficial(PupilRecord):
    """公式表記・通称: the name as the register writes it."""

    TYPE = "pupil_official"
    KEY = ("pupil",)
    ROUTES = {"@classes": "@classes"}  # noqa: RUF012  a declaration, read once
    DATA_CLASS = DataClass.II
    pupil = ref("pupil").needed()
    at_classes = set_of(ref("class")).needed()
    family = text(60)
    given = text(60, unit="family")
    kana = text(60, unit="family")
    common_family = text(60)
    common_given = text(60, unit="common_family")
    latin = text(60)
    glyph_state = enum("ok", "unmapped", "missing")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The class teacher's circle and the register."""
        return ("register", *(f"homeroom:{key}" for key in route["@classes"]))


class Enrolment(PupilRecord):
    """在籍: when a pupil came, and when and how the pupil left."""

    TYPE = "enrolment"
    KEY = ("pupil", "from")
    ROUTES = {"@classes": "@classes"}  # noqa: RUF012  a declaration, read once
    pupil = ref("pupil").needed()
    from_ = day().needed()
    at_classes = set_of(ref("class")).needed()
    entry = enum("first", "transfer_in", "admitted").needed()
    to = day()
    leave = enum("graduated", "transferred", "withdrawn", "deferred", unit="to")

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """As the pupil's."""
        return tuple(f"roster:{key}" for key in route["@classes"])


class Membership(PupilRecord):
    """学級・集団所属: a pupil's place in a class or group; `number` is the 出席番号 (R14)."""

    TYPE = "membership"
    KEY = ("pupil", "class", "from")
    ROUTES = {"@class": "class"}  # noqa: RUF012  a declaration, read once
    pupil = ref("pupil").needed()
    class_ = ref("class").needed()
    from_ = day().needed()
    number = integer(1, 999)
    kind = enum("home", "exchange", "group", unit="number").needed()
    to = day()

    @staticmethod
    def scopes(route: Fields) -> tuple[str, ...]:
        """The roster of that class or group."""
        return (f"roster:{route['@class']}",)
