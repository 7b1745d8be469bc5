"""The words of the demo issuer's two pages, which a browser shows before any client is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Words:
    """The pages in one language. roles: names of duties; joint: what stands between two of them."""

    title: str
    band: str
    second: str
    factor: str
    go: str
    joint: str
    roles: Mapping[str, str]


ENGLISH: Final = Words(
    title="Who are you?",
    band="Sample: fictional people of a fictional school, on this computer only.",
    second="Second factor",
    factor="At a real school you would now enter the code of your authenticator.",
    go="Confirm",
    joint=", ",
    roles={
        "principal": "Principal",
        "vice": "Vice principal",
        "academic": "Academic affairs",
        "grade_lead": "Grade lead",
        "homeroom": "Class teacher",
        "deputy": "Deputy class teacher",
        "subject": "Subject",
        "special": "Special class",
        "resource": "Resource room",
        "nurse": "School nurse",
        "nutrition": "Nutrition",
        "clerk": "Clerk",
        "assistant": "Assistant",
        "counsellor": "Counsellor",
        "form_owner": "Forms",
        "ict": "ICT",
    },
)
JAPANESE: Final = Words(
    title="どなたですか",
    band="見本：この PC だけで動く、架空の学校の架空の人たちです。",
    second="2段階めの確認",
    factor="実際の学校では、ここで認証アプリの番号を入力します。",
    go="確認する",
    joint="、",
    roles={
        "principal": "校長",
        "vice": "教頭",
        "academic": "教務主任",
        "grade_lead": "学年主任",
        "homeroom": "学級担任",
        "deputy": "副担任",
        "subject": "教科担任",
        "special": "特別支援学級担任",
        "resource": "通級指導担当",
        "nurse": "養護教諭",
        "nutrition": "栄養教諭",
        "clerk": "事務職員",
        "assistant": "支援員",
        "counsellor": "スクールカウンセラー",
        "form_owner": "書式担当",
        "ict": "ICT担当",
    },
)


def words(accepted: str) -> Words:
    """The pages in the language a browser asks for first; Japanese where it asks for neither.

    accepted: the `Accept-Language` header.
    """
    first = next((part.split(";")[0].strip()[:2].lower() for part in accepted.split(",") if part.strip()), "ja")
    return ENGLISH if first == "en" else JAPANESE
