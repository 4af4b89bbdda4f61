"""Keep the names that different sources give to one article."""

import sqlalchemy as sa
from alembic import op

from textcheck.store.columns import Words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "aliases",
        sa.Column("account_id", Words(), nullable=False),
        sa.Column("native_id", Words(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_aliases_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_aliases_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("account_id", "native_id", name=op.f("pk_aliases")),
    )
