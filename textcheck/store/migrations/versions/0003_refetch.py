"""Note when an article was read last, how to ask for changes, and what a platform counted."""

import sqlalchemy as sa
from alembic import op

from textcheck.store.columns import Json, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("listings", sa.Column("expected", sa.Integer(), nullable=True))
    op.add_column("queue", sa.Column("fetched_at", Moment(), nullable=True))
    op.add_column("queue", sa.Column("validators", Json(), nullable=True))
