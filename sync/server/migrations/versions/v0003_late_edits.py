"""Who is vice principal decides late edits: the scope these lie in is opened to whoever holds `office` as such."""

from typing import Final

from alembic import op

revision = "0003"
down_revision = "0002"

_ADD: Final = """
INSERT INTO "grant" (school, "user", scope, role, rights, valid_from, valid_until)
SELECT school, "user", 'late', role, rights, valid_from, valid_until FROM "grant"
WHERE scope = 'office' AND role = 'vice'
"""


def upgrade() -> None:
    """Add the grants that the school's duties give from now on."""
    op.execute(_ADD)
