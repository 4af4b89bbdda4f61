"""The tables as they are today; how they came about is in migrations/."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from textcheck.store.columns import Json, Moment, Words
from textcheck.store.metadata import metadata
from textcheck.store.notice_tables import deliveries, notices, replies, revisits

__all__ = [
    "accounts",
    "aliases",
    "articles",
    "attempts",
    "deliveries",
    "editions",
    "event_head",
    "events",
    "filters",
    "issues",
    "listings",
    "metadata",
    "notices",
    "occurrences",
    "pages",
    "papers",
    "proposals",
    "queue",
    "raw",
    "replies",
    "revisits",
    "runs",
    "sessions",
    "tokens",
    "users",
    "verdicts",
    "versions",
]

accounts = Table(
    "accounts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("county", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("platform", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("status", Text, nullable=False),
    Column("list_order", Integer, nullable=False),
    Column("sources", Json, nullable=False),
    Column("registered", Boolean, nullable=False),  # stands in the register as last read
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("night", Text, nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("code", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("config", Text, nullable=False),
    Column("new_articles", Integer, nullable=False),
    Column("new_versions", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("new_findings", Integer, nullable=False),
    Column("coverage", Json, nullable=False),
    Column("failures", Json, nullable=False),
    Column("finished_at", Moment),
)

# What a night's listing of an account gave: there is a row as soon as it was tried.
listings = Table(
    "listings",
    metadata,
    Column("night", Text, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("listed", Integer, nullable=False),
    Column("expected", Integer),  # what the platform counted, where it was asked
    Column("error", Words, nullable=False),  # "" when the listing is complete
)

queue = Table(
    "queue",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("native_id", Words, nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published_at", Moment),
    Column("hint", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Words, nullable=False),
    Column("night", Text, nullable=False),  # of the first reading; before it, of the last attempt
    Column("fetched_at", Moment),
    Column("validators", Json),  # what the host gave to ask whether the page has changed
    UniqueConstraint("account_id", "native_id"),
    Index(None, "account_id", "state"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("native_id", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published_at", Moment),
    UniqueConstraint("account_id", "native_id"),
)

# Other names of an article: a source may know it by a short link, another by its numbers.
aliases = Table(
    "aliases",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("native_id", Words, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("blocks", Json, nullable=False),  # [["title", 0, 12], …]
    Column("published_on", Date),
    Column("modified_at", Moment),
    Column("fetched_at", Moment),
    Column("warnings", Json, nullable=False),
    Column("images_unread", Integer, nullable=False),
    Column(
        "attachments", Json, nullable=False
    ),  # the fields of Attachment; once [["名称", "https://…"], …]
    Column("checked_by", ForeignKey("runs.id"), index=True),  # none: not checked yet
    Column("check_error", Words, nullable=False),  # why not, if it was tried
    UniqueConstraint("article_id", "digest"),
)

raw = Table(
    "raw",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # zstd
)

# The answers that a version was read from; equal bodies are kept once.
pages = Table(
    "pages",
    metadata,
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("sha256", ForeignKey("raw.sha256"), nullable=False),
    Column("url", Words, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

_ORDER, _WORST = "ix_issues_order", ("severity", "confidence", "fingerprint")
# Of an issue's findings the worst gives the words; each occurrence keeps its own severity.
issues = Table(
    "issues",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("rule_code", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("message", Words, nullable=False),
    Column("basis", Words, nullable=False),
    Column("suggestions", Json, nullable=False),
    Column("quote", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("quote_start", Integer, nullable=False),  # of the quote in the sentence
    # Where it stands by the verdicts, kept here so that a queue need not read them all.
    Column("said", Text, nullable=False),
    Column("votes", Integer),
    # Of the desk: who is to decide by when; the version counts every change that a reviewer makes.
    Column("version", Integer, nullable=False),
    Column("assignee", Words, nullable=False),  # "" for nobody
    Column("due_on", Date),
    # All that a page of the queue asks of an issue it does not show: no row is read for it.
    Index(f"{_ORDER}_said", "said", *_WORST, "rule_code", "version"),
    Index(_ORDER, *_WORST, "rule_code", "version"),
    Index(None, "said", "votes"),
    Index(None, "assignee"),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", ForeignKey("issues.fingerprint"), nullable=False),
    Column("account_id", Words, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("gone_by", Text),  # the recheck that no longer found it
    UniqueConstraint("fingerprint", "article_id", "ordinal"),
    Index(None, "article_id"),
    Index(None, "account_id", "fingerprint"),
)

# No foreign key: a decision outlives the findings that it was made on.
verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("scope", Words, nullable=False),
    Column("decision", Text, nullable=False),
    Column("reason", Words, nullable=False),
    Column("reviewer", Words, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("note", Words, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("quarter", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("issued_at", Moment, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON, so that the digest can be made again
)

# The files of a list as they were made when it was issued.
papers = Table(
    "papers",
    metadata,
    Column("quarter", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# What keepers of the lexicon answered to reviewers who found a rule wrong in some words.
proposals = Table(
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule_code", Text, nullable=False),
    Column("quote", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Words, nullable=False),
    Column("cells", Json, nullable=False),  # of the row that is to be added, {} for none
    Index(None, "rule_code", "quote"),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("password", Text, nullable=False),  # argon2id
    Column("roles", Json, nullable=False),
    Column("units", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

# Filters of the queue, in each user's own words.
filters = Table(
    "filters",
    metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("name", Words, primary_key=True),
    Column("query", Words, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False, index=True),
    Column("form_token", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

# Keys by which other programs ask in a user's name, each for some purposes.
tokens = Table(
    "tokens",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# Logins that failed: who asks too often has to wait.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)

# Everything that somebody did, each with the digest of the one before.
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Words, nullable=False),
    Column("batch", Text, nullable=False),
    Column("detail", Text, nullable=False),  # canonical JSON, so that the digest can be made again
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index(None, "subject"),
    Index(None, "batch"),
)

# One row: the last event's number and digest, so that a shortened log is noticed.
event_head = Table(
    "event_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
