"""The lexicon folder, read and verified."""

import gc
import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from textcheck.arrays import Arrays
from textcheck.errors import LexiconError
from textcheck.finding import Severity
from textcheck.kept import find_arrays, keep_arrays
from textcheck.knowledge.anniversaries import read_anniversaries
from textcheck.knowledge.capacities import read_capacities
from textcheck.knowledge.caution import read_cautions
from textcheck.knowledge.entry import Entry, EntryKind, Post, Term, Word
from textcheck.knowledge.enumerations import (
    doctrine_entries,
    listed_entries,
    read_enumerations,
)
from textcheck.knowledge.frames import read_frames
from textcheck.knowledge.heads import read_heads
from textcheck.knowledge.idioms import read_idioms
from textcheck.knowledge.laws import read_laws
from textcheck.knowledge.layers import META, Layers, read_rows
from textcheck.knowledge.meetings import Meeting
from textcheck.knowledge.peoples import read_peoples
from textcheck.knowledge.phrases import phrase_of
from textcheck.knowledge.problems import contradictions
from textcheck.knowledge.protocol import read_protocol
from textcheck.knowledge.quoted import read_quoted
from textcheck.knowledge.regions import read_regions, region_entries
from textcheck.knowledge.removed import read_removals
from textcheck.knowledge.series import SeriesIndex, read_layouts
from textcheck.knowledge.table import Row
from textcheck.lexicon.cache import KEPT, key_of
from textcheck.lexicon.compiled import (
    compiled,
    enumerations_in,
    laws_in,
    light_in,
    regions_in,
    shapes_in,
)
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.tables import Tables
from textcheck.slips import weights
from textcheck.slips.confused import read_confused
from textcheck.slips.watched import read_watched
from textcheck.text.naming import Naming
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

__all__ = ["Lexicon", "load_lexicon", "read_tables"]

_RANKS = {"top": 0, "national": 1, "minister": 2}
_ONE_SEAT = "1"
_SEATS = {_ONE_SEAT, "many"}  # or the day from which all holders are in the table
_FIRST_SIGHTING = "first sighting"
_UNDATED_END = "end undated"
_LAST_SIGHTING = re.compile(r"last sighting (\d{4}-\d{2}-\d{2})")


def load_lexicon(folder: Path | Layers, models: Path, caches: Sequence[Path] = ()) -> Lexicon:
    """
    Read and verify every table of a folder or of its layers, and the weights in `models`.

    What takes long is taken from one of the `caches` if this very content was loaded before,
    else kept in the last of them that can be written. Raises LexiconError naming file, line and
    column.
    """
    collecting = gc.isenabled()
    # The tables stay: looking for garbage among them takes as long as all the rest, now and later.
    gc.disable()
    try:
        lexicon = _loaded(folder, models, caches)
        gc.freeze()
        return lexicon
    finally:
        if collecting:
            gc.enable()


def _loaded(folder: Path | Layers, models: Path, caches: Sequence[Path]) -> Lexicon:
    layers = folder if isinstance(folder, Layers) else Layers(folder)
    if not caches:
        _refuse_contradictions(layers)
        return Lexicon(read_tables(layers, models))
    ngrams = weights.read_ngrams(models)
    digest = _digest(layers, models, ngrams)
    key = key_of(digest, *(over.name for over in layers.over))
    arrays = find_arrays(caches, key, KEPT)
    if arrays is not None:
        return Lexicon(_tables(layers, models, ngrams, digest, arrays), arrays)
    _refuse_contradictions(layers)
    tables = _tables(layers, models, ngrams, digest)
    arrays = compiled(tables)
    # Not if somebody has saved a table in between.
    if digest == _digest(layers, models, ngrams):
        keep_arrays(caches[::-1], key, KEPT, arrays)
    return Lexicon(tables, arrays)


def _refuse_contradictions(layers: Layers) -> None:
    """Refuse layers that say of one writing that it is right and wrong; the program's do not."""
    if layers.over and (problem := next(contradictions(layers), None)) is not None:
        raise LexiconError(f"词库层互相矛盾：{problem}")


def read_tables(folder: Path | Layers, models: Path) -> Tables:
    """Read every table of a folder; raise LexiconError naming file, line and column."""
    layers = folder if isinstance(folder, Layers) else Layers(folder)
    ngrams = weights.read_ngrams(models)
    return _tables(layers, models, ngrams, _digest(layers, models, ngrams))


def _tables(
    layers: Layers, models: Path, ngrams: Ngrams, digest: str, stored: Arrays | None = None
) -> Tables:
    """Read every table; of the long ones the rows are those in `stored`, made of this content."""
    people, top = _people(layers)
    names = {entry.form for entry in people}
    posts = {post.entry.id: post for post in _posts(layers)}
    meetings = tuple(_meetings(layers))
    peoples = read_peoples(layers)
    regions = read_regions(layers) if stored is None else regions_in(stored)
    return Tables(
        digest=digest,
        day=_day(layers.built_in),
        fixed=(
            *people,
            *_formulations(layers),
            *_bodies(layers),
            *(meeting.entry for meeting in meetings),
            *peoples.entries,
        ),
        light=(
            *_clauses(layers),
            *listed_entries(layers),
            *read_idioms(layers),
            *region_entries(regions),
        )
        if stored is None
        else light_in(stored),
        posts=posts,
        capacities=read_capacities(layers, posts),
        heads=read_heads(layers),
        regions=regions,
        laws=read_laws(layers) if stored is None else laws_in(stored),
        cautions=read_cautions(layers),
        enumerations=read_enumerations(layers) if stored is None else enumerations_in(stored),
        frames=read_frames(layers),
        anniversaries=tuple(read_anniversaries(layers)),
        terms=tuple(_terms(layers, names, posts.keys())),
        meetings=meetings,
        peoples=peoples,
        protocol=read_protocol(layers, names),
        quoted=tuple(read_quoted(layers)),
        removals=read_removals(layers),
        series=SeriesIndex(read_layouts(layers), meetings),
        words=tuple(_words(layers)),
        watched=tuple(read_watched(layers)),
        confused=tuple(read_confused(layers)),
        allowed=frozenset(row.required("form") for row in read_rows(layers, "allowed")),
        top=top,
        sounds=_sounds(layers),
        naming=Naming(
            {
                row["character"]: (int(row["surname"]), int(row["given"]))
                for row in read_rows(layers, "naming")
            }
        ),
        shapes=_shapes(layers) if stored is None else shapes_in(stored),
        ngrams=ngrams,
        language=weights.read_language(models),
        scale=weights.read_scale(models),
        word_pairs=weights.read_word_pairs(models, ngrams),
        typo_weights=weights.typo_weights(models),
        swap_weights=weights.swap_weights(models),
        place_weights=weights.place_weights(models),
        rare=weights.read_rare(models),
        tied=weights.read_tied(models, ngrams),
        rules_off=layers.rules_off,
    )


def _sounds(layers: Layers) -> Sounds:
    rows = list(read_rows(layers, "sounds"))
    return Sounds(
        {row["syllable"]: row["characters"] for row in rows},
        {row["syllable"]: row["usual"] for row in rows},
    )


def _shapes(layers: Layers) -> Shapes:
    return Shapes.of({row["character"]: row["alike"] for row in read_rows(layers, "shapes")})


def _digest(layers: Layers, models: Path, ngrams: Ngrams) -> str:
    digest = hashlib.sha256(ngrams.digest.encode() + layers.digest().encode())
    for path in weights.weight_files(models):
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def _day(folder: Path) -> date:
    path = folder / META
    try:
        day = tomllib.loads(path.read_text(encoding="utf-8"))["day"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(f"{path} 应写明词库日期，例如 day = 2026-11-22：{error}") from error
    if type(day) is not date:  # a datetime is a date too
        raise LexiconError(f"{path} day 应为日期，不是 {day!r}")
    return day


def _people(layers: Layers) -> tuple[list[Entry], tuple[str, ...]]:
    people, top = [], []
    for row in read_rows(layers, "persons"):
        name = row.required("name")
        if row.choice("level", _RANKS) == 0:
            top.append(name)
        people.append(
            Entry(
                row["id"],
                EntryKind.PERSON,
                name,
                Severity.SERIOUS,
                row.day("valid_from"),
                row.day("valid_to"),
                row.citation("source"),
            )
        )
    return people, tuple(top)


def _posts(layers: Layers) -> Iterable[Post]:
    for row in read_rows(layers, "posts"):
        entry = Entry(
            row["id"],
            EntryKind.POST,
            row.required("form"),
            Severity.SERIOUS,
            row.day("valid_from"),
            row.day("valid_to"),
            row.citation("source"),
        )
        single = row["seats"] == _ONE_SEAT
        yield Post(entry, row.several("aliases"), single, _complete_from(row))


def _complete_from(row: Row) -> date | None:
    """Return the day from which the tables name all holders of a post with several seats."""
    if row["seats"] in _SEATS:
        return None
    try:
        return row.day("seats")
    except LexiconError as error:
        raise LexiconError(
            f"{row.where} seats 列应为 1、many 或一个日期，不是“{row['seats']}”"
        ) from error


def _terms(layers: Layers, people: set[str], posts: Iterable[str]) -> Iterable[Term]:
    known = set(posts)
    for row in read_rows(layers, "offices"):
        since, until = row.day("valid_from"), row.day("valid_to")
        if row["person"] not in people:
            raise LexiconError(f"{row.where} person 列：persons.tsv 中没有“{row['person']}”")
        if row["post"] not in known:
            raise LexiconError(f"{row.where} post 列：posts.tsv 中没有“{row['post']}”")
        if since is None:
            raise LexiconError(f"{row.where} valid_from 列不能为空")
        if until is not None and until < since:
            raise LexiconError(f"{row.where} valid_to 早于 valid_from")
        yield Term(
            id=row["id"],
            person=row["person"],
            post=row["post"],
            since=since,
            until=until,
            exact=_FIRST_SIGHTING not in row["note"],
            seen_on=_seen_on(row),
            citation=row.citation("source"),
            end_exact=_UNDATED_END not in row["note"],
        )


def _seen_on(row: Row) -> date | None:
    """Return the day of the last sighting that the note of a term names."""
    seen = _LAST_SIGHTING.search(row["note"])
    try:
        return date.fromisoformat(seen[1]) if seen else None
    except ValueError as error:
        raise LexiconError(f"{row.where} note 列：没有这一天：{row['note']}") from error


def _meetings(layers: Layers) -> Iterable[Meeting]:
    for row in read_rows(layers, "meetings"):
        opened, closed = row.day("opened"), row.day("closed")
        if (opened is None) != (closed is None) or (opened and closed and closed < opened):
            raise LexiconError(f"{row.where} opened、closed 列应为先后两个日期，或者都为空")
        aliases = row.several("aliases")
        entry = Entry(
            row["id"],
            EntryKind.MEETING,
            row.required("form"),
            Severity.SERIOUS,
            None,
            None,
            row.citation("source"),
            aliases,
        )
        yield Meeting(entry, aliases, row["owner"], opened, closed)


def _formulations(layers: Layers) -> Iterable[Entry]:
    known = set()
    for row in read_rows(layers, "formulations"):
        form = row.required("form")
        known.add(form)
        yield Entry(
            row["id"],
            EntryKind.FORMULATION,
            form,
            row.level("level"),
            row.day("valid_from"),
            row.day("valid_to"),
            row.citation("source"),
            row.several("variants"),
        )
    yield from (entry for entry in doctrine_entries(layers) if entry.form not in known)


def _bodies(layers: Layers) -> Iterable[Entry]:
    for row in read_rows(layers, "bodies"):
        yield Entry(
            row["id"],
            EntryKind.BODY,
            row.required("form"),
            row.level("level"),
            row.day("valid_from"),
            row.day("valid_to"),
            row.citation("source"),
        )


def _clauses(layers: Layers) -> Iterable[Entry]:
    for row in read_rows(layers, "clauses"):
        yield phrase_of(row, EntryKind.CLAUSE, row.level("level"))


def _words(layers: Layers) -> Iterable[Word]:
    for row in read_rows(layers, "words"):
        wrong, right = row.required("wrong"), row["right"]
        if wrong == right:
            raise LexiconError(f"{row.where} wrong 与 right 相同：“{wrong}”")
        yield Word(
            row["id"],
            wrong,
            right,
            row.several("before"),
            row.several("after"),
            row.level("level"),
            row.citation("source"),
        )
