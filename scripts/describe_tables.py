"""
Write the last part of docs/lexicons.zh.md, the tables and their columns, from the schema.

Run after a table or a column was added: python scripts/describe_tables.py
"""

from collections.abc import Iterator
from pathlib import Path

from textcheck.knowledge.schema import DISABLE, TABLES

__all__ = ["GUIDE", "HEADING", "main", "tables_part"]

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "lexicons.zh.md"
HEADING = "## 各表各列\n"


def tables_part() -> str:
    """Return the part: a section a table, a row a column."""
    return "\n".join([HEADING, *_sections()])


def _sections() -> Iterator[str]:
    for table in (*TABLES.values(), DISABLE):
        yield f"### {table.name}：{table.title}\n"
        if table.made_by:
            yield f"由 `{table.made_by}` 生成，不要手改。\n"
        yield "| 列 | 含义 |\n|---|---|"
        for column in table.columns:
            meaning = column.meaning.replace("|", "\\|")
            yield f"| `{column.name}` | {meaning} |"
        if table is not DISABLE:
            yield ""


def main() -> None:
    """Replace the part in the guide."""
    kept = GUIDE.read_text(encoding="utf-8").partition(HEADING)[0]
    GUIDE.write_text(f"{kept}{tables_part()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
