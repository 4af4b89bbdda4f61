"""The tables of what follows an issued list: notices, answers, and looks at the pages again."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from textcheck.store.columns import Moment, Words
from textcheck.store.metadata import metadata

__all__ = ["deliveries", "notices", "replies", "revisits"]

# What the unit of some accounts is told of an edition.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("quarter", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("county", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON, so that the digest can be made again
    UniqueConstraint("quarter", "number", "county", "unit"),
)

# What units answered, as it was entered.
replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice_id", ForeignKey("notices.id"), nullable=False, index=True),
    Column("account_id", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("fixed_on", Date),
    Column("entered_at", Moment, nullable=False),
    Column("entered_by", Words, nullable=False),
)

# How each notice fared on each channel.
deliveries = Table(
    "deliveries",
    metadata,
    Column("notice_id", ForeignKey("notices.id"), primary_key=True),
    Column("channel", Words, primary_key=True),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("error", Words, nullable=False),
)

# Each look at the page of a confirmed error. No foreign key: a decision outlives its finding.
revisits = Table(
    "revisits",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("night", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("version_id", ForeignKey("versions.id")),  # none: the page was gone
    Column("outcome", Text, nullable=False),  # "" until the text was checked
    Index(None, "article_id", "night"),
    Index(None, "outcome"),
)
