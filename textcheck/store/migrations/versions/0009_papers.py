"""The files of issued lists."""

import sqlalchemy as sa
from alembic import op

from textcheck.store.columns import Words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "papers",
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "number", "name", name=op.f("pk_papers")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION papers_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'papers is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER papers_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON papers "
            "FOR EACH STATEMENT EXECUTE FUNCTION papers_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER papers_no_{event.lower()} BEFORE {event} ON papers "
            "BEGIN SELECT RAISE(ABORT, 'papers is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER papers_no_replace BEFORE INSERT ON papers WHEN EXISTS (SELECT 1 FROM "
        "papers WHERE quarter = NEW.quarter AND number = NEW.number AND name = NEW.name) "
        "BEGIN SELECT RAISE(ABORT, 'papers is append-only'); END"
    )
