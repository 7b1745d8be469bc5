"""The files of a package and their columns, in order, with what each column may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Holds(Enum):
    """What the values of a column are."""

    ID = auto()
    MASTER_ID = auto()
    REFERENCE = auto()
    REFERENCES = auto()
    STATUS = auto()
    STAMP = auto()
    TEXT = auto()
    TITLE = auto()
    YEAR_TITLE = auto()
    NAME = auto()
    BOOL = auto()
    DATE = auto()
    YEAR = auto()
    NUMBER = auto()
    GRADES = auto()
    SUBJECT_CODES = auto()
    CODE = auto()
    EMPTY = auto()


class Need(Enum):
    """Whether a value has to be there: CORE by OneRoster 1.2, PORTAL by the learning portals' rules only.

    Names stand under neither: which of them a person needs depends on who it is, see `people`.
    """

    CORE = auto()
    PORTAL = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name we use, other spellings in the wild, and what it holds.

    target: the file a reference points into. codes: allowed values of a CODE column; `ext:` extensions are allowed when
    extensible. absent_ok: older or newer layouts do without the column. limit: characters our records can keep, 0 = the
    value is not kept.
    """

    name: str
    holds: Holds = Holds.TEXT
    need: Need = Need.NONE
    target: str = ""
    codes: frozenset[str] = frozenset()
    extensible: bool = False
    spellings: tuple[str, ...] = ()
    absent_ok: bool = False
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FileLayout:
    """One file of the package: `name` without `.csv`, its columns in order, whether a full package must have it."""

    name: str
    columns: tuple[Column, ...]
    needed: bool = True

    @property
    def file(self) -> str:
        """The file's name in the archive."""
        return f"{self.name}.csv"


def _head() -> tuple[Column, ...]:
    return (
        Column("sourcedId", Holds.ID, Need.CORE),
        Column("status", Holds.STATUS),
        Column("dateLastModified", Holds.STAMP),
    )


def _code(name: str, *codes: str, need: Need = Need.CORE, extensible: bool = False) -> Column:
    return Column(name, Holds.CODE, need, codes=frozenset(codes), extensible=extensible)


def _ref(name: str, target: str, need: Need = Need.CORE) -> Column:
    return Column(name, Holds.REFERENCE, need, target=target)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


_CORE, _PORTAL, _NONE = Need.CORE, Need.PORTAL, Need.NONE

_ACADEMIC_SESSIONS = FileLayout(
    "academicSessions",
    (
        *_head(),
        Column("title", Holds.YEAR_TITLE, _CORE),
        _code("type", "schoolYear"),
        Column("startDate", Holds.DATE, _CORE),
        Column("endDate", Holds.DATE, _CORE),
        _ref("parentSourcedId", "academicSessions", _NONE),
        Column("schoolYear", Holds.YEAR, _CORE),
    ),
)
_ORGS = FileLayout(
    "orgs",
    (
        *_head(),
        Column("name", Holds.TITLE, _CORE, limit=60),
        _code("type", "district", "school"),
        Column("identifier"),
        _ref("parentSourcedId", "orgs", _NONE),
    ),
)
_COURSES = FileLayout(
    "courses",
    (
        *_head(),
        _ref("schoolYearSourcedId", "academicSessions", _NONE),
        Column("title", Holds.YEAR_TITLE, _CORE),
        Column("courseCode", Holds.EMPTY),
        Column("grades", Holds.GRADES),
        _ref("orgSourcedId", "orgs"),
        Column("subjects"),
        Column("subjectCodes", Holds.SUBJECT_CODES),
    ),
)
_CLASSES = FileLayout(
    "classes",
    (
        *_head(),
        Column("title", Holds.TITLE, _CORE),
        Column("grades", Holds.GRADES),
        _ref("courseSourcedId", "courses"),
        Column("classCode"),
        _code("classType", "homeroom", "scheduled", extensible=True),
        Column("location"),
        _ref("schoolSourcedId", "orgs"),
        Column("termSourcedIds", Holds.REFERENCES, _CORE, target="academicSessions"),
        Column("subjects"),
        Column("subjectCodes", Holds.SUBJECT_CODES),
        Column("periods"),
        Column("metadata.jp.specialNeeds", Holds.BOOL),
    ),
)
_ENROLLMENTS = FileLayout(
    "enrollments",
    (
        *_head(),
        _ref("classSourcedId", "classes"),
        _ref("schoolSourcedId", "orgs"),
        _ref("userSourcedId", "users"),
        _code("role", "student", "teacher", "administrator", "guardian", extensible=True),
        Column("primary", Holds.BOOL, _PORTAL),
        Column("beginDate", Holds.DATE),
        Column("endDate", Holds.DATE),
        Column("metadata.jp.shussekiNo", Holds.NUMBER, spellings=("metadata.jp.ShussekiNo",)),
        Column("metadata.jp.publicFlg", Holds.BOOL, spellings=("metadata.jp.PublicFlg",)),
    ),
)
_ROLES = FileLayout(
    "roles",
    (
        *_head(),
        _ref("userSourcedId", "users"),
        _code("roleType", "primary", "secondary"),
        _code(
            "role",
            *(
                "student",
                "teacher",
                "guardian",
                "parent",
                "relative",
                "administrator",
                "principal",
                "aide",
                "counselor",
            ),
            *("proctor", "districtAdministrator", "siteAdministrator", "systemAdministrator"),
            extensible=True,
        ),
        Column("beginDate", Holds.DATE),
        Column("endDate", Holds.DATE),
        _ref("orgSourcedId", "orgs"),
        _ref("userProfileSourcedId", "userProfiles", _NONE),
    ),
)
_USERS = FileLayout(
    "users",
    (
        *_head(),
        Column("enabledUser", Holds.BOOL, _CORE),
        Column("username", Holds.TEXT, _CORE),
        Column("userIds"),
        Column("givenName", Holds.NAME, _CORE, limit=60),
        Column("familyName", Holds.NAME, _CORE, limit=60),
        Column("middleName", Holds.NAME, limit=60),
        *_texts("identifier", "email", "sms", "phone"),
        Column("agentSourcedIds", Holds.REFERENCES, target="users"),
        Column("grades", Holds.GRADES),
        Column("password"),
        Column("userMasterIdentifier", Holds.MASTER_ID, _PORTAL),
        Column("resourceSourcedIds", absent_ok=True),
        Column("preferredGivenName", Holds.NAME, limit=60),
        Column("preferredMiddleName", Holds.NAME, limit=60),
        Column("preferredFamilyName", Holds.NAME, limit=60),
        _ref("primaryOrgSourcedId", "orgs", _NONE),
        Column("pronouns"),
        Column("metadata.jp.kanaGivenName", Holds.NAME, limit=60),
        Column("metadata.jp.kanaFamilyName", Holds.NAME, limit=60),
        Column("metadata.jp.kanaMiddleName", Holds.NAME, limit=60),
        _ref("metadata.jp.homeClass", "classes", _NONE),
        Column("metadata.jp.kanaPreferredFamilyName", Holds.NAME, absent_ok=True, limit=60),
        Column("metadata.jp.kanaPreferredGivenName", Holds.NAME, absent_ok=True, limit=60),
        Column("metadata.jp.kanaPreferredMiddleName", Holds.NAME, absent_ok=True, limit=60),
    ),
)
_DEMOGRAPHICS = FileLayout(
    "demographics",
    (
        *_head(),
        Column("birthDate", Holds.DATE),
        _code("sex", "male", "female", "unspecified", "other", need=_NONE),
        *_texts("americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican"),
        *_texts("nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces"),
        *_texts("hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth"),
        Column("publicSchoolResidenceStatus"),
    ),
    needed=False,
)
_USER_PROFILES = FileLayout(
    "userProfiles",
    (
        *_head(),
        _ref("userSourcedId", "users"),
        Column("profileType", need=_CORE),
        Column("vendorId", need=_CORE),
        Column("applicationId"),
        Column("description"),
        Column("credentialType", need=_CORE),
        Column("username", need=_CORE),
        Column("password"),
    ),
    needed=False,
)

LAYOUTS: Final[Mapping[str, FileLayout]] = {
    layout.name: layout
    for layout in (
        _ACADEMIC_SESSIONS,
        _ORGS,
        _COURSES,
        _CLASSES,
        _USERS,
        _ROLES,
        _ENROLLMENTS,
        _DEMOGRAPHICS,
        _USER_PROFILES,
    )
}
"""The files that are read, in the order in which rows may refer to earlier files."""

MANIFEST: Final = "manifest"

UNREAD: Final = frozenset(
    {
        *("categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems"),
        *("lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results", "resultScoreScales"),
        *("scoreScales", "userResources"),
    }
)
"""Files of OneRoster that carry no roster: allowed in a package, never opened."""

KNOWN_FILES: Final = frozenset({MANIFEST, *LAYOUTS, *UNREAD})
"""Every file name (without `.csv`) a package may contain."""
