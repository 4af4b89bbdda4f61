"""One dated, cited fact."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from textcheck.finding import Severity

__all__ = ["Citation", "Entry", "EntryKind", "Post", "Term", "Word"]


class EntryKind(StrEnum):
    """What a protected form names; each kind is the matter of one family of rules."""

    PERSON = "person"
    POST = "post"
    FORMULATION = "formulation"
    BODY = "body"
    MEETING = "meeting"
    CLAUSE = "clause"  # a phrase that official texts repeat word for word
    REGION = "region"
    PEOPLE = "people"  # one of the peoples of the country
    IDIOM = "idiom"  # an idiom or set word of the general language


@dataclass(frozen=True, slots=True)
class Citation:
    """
    On what a row rests: a dated article that was read, a file of facts, or nothing yet.

    As written in the tables: `xwlb 2018-03-18 标题`, `facts:state_bodies_names.tsv`, `unverified`.
    `layer` is the layer of an office that the row stands in, "" for the tables of the program.
    """

    source: str
    layer: str = ""

    @property
    def text(self) -> str:
        """Return source and layer as a finding names them."""
        return f"{self.source}；词库层 {self.layer}" if self.layer else self.source

    @property
    def verified(self) -> bool:
        """Tell whether there is a source; without one a row never gives a serious finding."""
        return self.source != "unverified"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A protected form: this writing is right, and one edit away from it is wrong.

    `level` is the severity of a slip in it. `since` is the first day it was in use, None for
    longer than the tables go back; `until` the first day it no longer holds.
    """

    id: str
    kind: EntryKind
    form: str
    level: Severity
    since: date | None
    until: date | None
    citation: Citation
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """
    An office that one person or several hold; `aliases` are other lawful writings of it.

    From `complete_from` on the tables name everybody who holds it, None where they may not.
    """

    entry: Entry
    aliases: tuple[str, ...]
    single: bool
    complete_from: date | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Return every lawful writing, the usual one first."""
        return (self.entry.form, *self.aliases)


@dataclass(frozen=True, slots=True)
class Term:
    """
    A person's time in a post.

    `since` is the day of the act, or the first sighting where `exact` is false; `until`
    the first day out of office by a dated act, None while none is known; `seen_on` the last
    day on which a dated text names the person in the post, None where that was not noted.
    Where `until` is only the first sighting of a successor, `end_exact` is false: the person
    was out of office by that day, since when is unknown.
    """

    id: str
    person: str
    post: str
    since: date
    until: date | None
    exact: bool
    seen_on: date | None
    citation: Citation
    end_exact: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """
    A wrong writing and the right one; one of the contexts, if any, must stand beside it.

    `table` is the one whose row `id` is.
    """

    id: str
    wrong: str
    right: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    level: Severity
    citation: Citation
    table: str = "words"
