"""Note which recheck no longer found an occurrence."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("occurrences", sa.Column("gone_by", sa.Text(), nullable=True))
