"""The school of the sample packages, 若草小学校: its packages, and the rows that tests speak of."""

from tests.sync.server.roster.builder import PACKAGES, Change, as_delta, changed

BULK = (PACKAGES / "RO_20260401_B105299999010.zip").read_bytes()
K12 = (PACKAGES / "RO_20260402_B105299999010.zip").read_bytes()
PUPIL = 10
"""The line of 越後谷 悠人 in users.csv; number 1 of class 1-1."""
PUPIL_ID = "9b78236e-f828-46e9-9d3d-fe285480b5ff"
SEAT = 8
"""The pupil's line in enrollments.csv."""
CLASS_1 = "e94b7dc6-5bce-43f2-b7bb-b8adc7b3f6d7"
CLASS_2 = "c19e7145-58ca-448f-8435-0811b93596a3"
HOMEROOM_1 = "912b6958-7d54-4a58-a858-8823d095a77c"
PRINCIPAL = "d767b9f7-16a5-46b3-b040-8a320f0c299c"
EXCHANGE = "00000000-0000-4000-8000-00000000aaaa"
SPECIAL = "00000000-0000-4000-8000-00000000bbbb"


def delta(*changes: Change) -> bytes:
    """The sample as a delta with these changes."""
    return changed(as_delta, *changes)
