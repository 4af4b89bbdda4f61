"""Looks at the pages of confirmed errors."""

import sqlalchemy as sa
from alembic import op

from textcheck.store.columns import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "revisits",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_revisits_article_id_articles")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["versions.id"], name=op.f("fk_revisits_version_id_versions")
        ),
        sa.PrimaryKeyConstraint("fingerprint", "article_id", "night", name=op.f("pk_revisits")),
    )
    for columns in (["article_id", "night"], ["outcome"]):
        op.create_index(op.f(f"ix_revisits_{'_'.join(columns)}"), "revisits", columns)
