"""The rows of all tables together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textcheck.knowledge.anniversaries import Anniversary
from textcheck.knowledge.capacities import Capacities
from textcheck.knowledge.caution import CAUTIONS, Cautions
from textcheck.knowledge.entry import Entry, Post, Term, Word
from textcheck.knowledge.enumerations import ENUMERATIONS, Enumerations
from textcheck.knowledge.frames import FRAMES, Frames
from textcheck.knowledge.heads import HEADS, Heads
from textcheck.knowledge.laws import Laws
from textcheck.knowledge.meetings import Meeting
from textcheck.knowledge.peoples import PEOPLES, Peoples
from textcheck.knowledge.protocol import Protocol
from textcheck.knowledge.regions import REGIONS, Regions
from textcheck.knowledge.removed import REMOVED, Removals
from textcheck.knowledge.series import SeriesIndex
from textcheck.slips.confused import Confusable
from textcheck.slips.fields import FIELDS, field_wordings
from textcheck.slips.scale import Scale
from textcheck.slips.watched import WatchedWord
from textcheck.text.language import LanguageModel
from textcheck.text.naming import Naming
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.rare import RareCharacters
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.tied import Tied

__all__ = ["Tables"]


@dataclass(frozen=True, slots=True)
class Tables:
    """
    The rows of all tables, as read.

    `light` are the entries of the long tables of clauses and idioms, `fixed` all others.
    `top` are the leaders of the first rank in protocol order; `allowed` the writings
    that are right although a protected form is near; `digest` names this exact content;
    `rules_off` are the codes of rules that a layer has disabled.
    """

    digest: str
    day: date
    fixed: tuple[Entry, ...]
    light: Sequence[Entry]
    posts: Mapping[str, Post]
    capacities: Capacities
    heads: Heads
    laws: Laws
    regions: Regions
    cautions: Cautions
    enumerations: Enumerations
    frames: Frames
    anniversaries: tuple[Anniversary, ...]
    terms: tuple[Term, ...]
    meetings: tuple[Meeting, ...]
    peoples: Peoples
    protocol: Protocol
    quoted: tuple[Entry, ...]
    removals: Removals
    series: SeriesIndex
    words: tuple[Word, ...]
    watched: tuple[WatchedWord, ...]
    confused: tuple[Confusable, ...]
    allowed: frozenset[str]
    top: tuple[str, ...]
    sounds: Sounds
    naming: Naming
    shapes: Shapes
    ngrams: Ngrams
    language: LanguageModel
    scale: Scale
    word_pairs: WordPairs
    typo_weights: tuple[Mapping[str, float], Mapping[str, float]]
    swap_weights: Mapping[str, float]
    rare: RareCharacters
    tied: Tied
    place_weights: Mapping[str, float]
    rules_off: frozenset[str] = frozenset()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return all entries; this reads the long tables."""
        return (*self.fixed, *self.light)

    @property
    def wordings(self) -> dict[str, Sequence[str]]:
        """Return the wordings of the tables that are looked for as they are, by their owners."""
        return {
            CAUTIONS: self.cautions.forms,
            ENUMERATIONS: self.enumerations.forms,
            FIELDS: field_wordings(self.fixed),
            FRAMES: self.frames.forms,
            HEADS: self.heads.forms,
            PEOPLES: self.peoples.forms,
            REGIONS: self.regions.forms,
            REMOVED: self.removals.forms,
        }
