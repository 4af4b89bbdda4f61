"""
Write lexicons/naming.tsv: how many known people have a character as surname, and in the given name.

People are those of persons.tsv and of a list of names from history and the news (ECSpell, MIT).
The latter has words, too, that are no names, so a character that few have counts for nothing.

Run: python scripts/build_naming.py --shared DIR > lexicons/naming.tsv
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from textcheck.data import data_dir
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.load import read_tables
from textcheck.text.han import is_han

LISTED = "facts/ecspell_wordlist/历史名人.txt"
SHORTEST, LONGEST = 2, 3
LEAST = 3  # people


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of characters of names")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds facts/")
    shared = parser.parse_args().shared
    lines = (shared / LISTED).read_text(encoding="utf-8").splitlines()
    people = {line.split()[0] for line in lines if line.strip()}
    tables = read_tables(data_dir("lexicons"), data_dir("models"))
    people |= {entry.form for entry in tables.fixed if entry.kind is EntryKind.PERSON}
    people = {
        name for name in people if SHORTEST <= len(name) <= LONGEST and all(map(is_han, name))
    }
    surnames = Counter(name[0] for name in people)
    given = Counter(character for name in people for character in name[1:])
    sys.stdout.write("character\tsurname\tgiven\n")
    for character in sorted({*surnames, *given}):
        counts = surnames[character], given[character]
        if max(counts) >= LEAST:
            sys.stdout.write(f"{character}\t{counts[0]}\t{counts[1]}\n")


if __name__ == "__main__":
    main()
