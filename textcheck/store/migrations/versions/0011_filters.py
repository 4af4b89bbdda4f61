"""Filters under names, and indexes that give what the queue asks for."""

import sqlalchemy as sa
from alembic import op

from textcheck.store.columns import Words

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "filters",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("query", Words(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_filters_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "name", name=op.f("pk_filters")),
    )
    for first in ([], ["said"]):
        columns = [*first, "severity", "confidence", "fingerprint"]
        op.drop_index(op.f(f"ix_issues_{'_'.join(columns)}"), "issues")
        name = "_".join(["ix_issues_order", *first])
        op.create_index(op.f(name), "issues", [*columns, "rule_code", "version"])
    op.create_index(op.f("ix_issues_said_votes"), "issues", ["said", "votes"])
