"""The files that are written for one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textcheck.edition import Edition
from textcheck.report.docx import list_docx
from textcheck.report.dossier import Dossier, read_dossier
from textcheck.report.html import list_html
from textcheck.report.manifest import manifest_json
from textcheck.report.notice import notice_text
from textcheck.report.pdf import can_pdf, list_pdf
from textcheck.report.template import filled_template
from textcheck.report.xlsx import list_xlsx
from textcheck.store.connect import Connection
from textcheck.store.editions import issue_unless_same
from textcheck.store.papers import keep_papers, read_papers

__all__ = ["Style", "files_of", "issue_list", "list_files"]


@dataclass(frozen=True, slots=True)
class Style:
    """
    How an office writes its lists.

    `template` is its own Word template, `reposts` are the platforms where reposted text counts;
    the notice's paragraph tells what ran on the day `as_of`, the quarter's last where none is
    named, and names the accounts `examples`.
    """

    template: bytes | None = None
    reposts: Sequence[str] = ()
    as_of: date | None = None
    examples: Sequence[str] = ()


def issue_list(  # noqa: PLR0913 # who issues what, and how it is to look
    connection: Connection,
    draft: Edition,
    style: Style,
    *,
    confirmations: int,
    by: str,
    left_out: Sequence[str] = (),
) -> tuple[Dossier, bool]:
    """
    Freeze a list with its files, unless its quarter's latest says the same.

    Return it with what stands behind it, and whether it is new.
    """
    edition, new = issue_unless_same(connection, draft, by, left_out)
    dossier = read_dossier(connection, edition, confirmations)
    if new:
        keep_papers(connection, edition, _papers(dossier, style, _notice(dossier, style)), by)
    return dossier, new


def files_of(connection: Connection, dossier: Dossier, style: Style) -> Mapping[str, bytes]:
    """
    Return the files of a list: those of an issued one as they were kept.

    The page, the notice's paragraph and the manifest tell what the store holds today.
    """
    kept = read_papers(connection, dossier.edition)
    return list_files(dossier, style, kept)


def list_files(
    dossier: Dossier, style: Style, kept: Mapping[str, bytes] | None = None
) -> Mapping[str, bytes]:
    """
    Return the files' names and contents: the list in each form, the notice, the manifest.

    The same dossier gives the same bytes; the list is not made again where it was `kept`.
    """
    notice = _notice(dossier, style)
    files = {
        **(kept or _papers(dossier, style, notice)),
        "清单.html": list_html(dossier, notice),
        "通报段落.txt": notice.encode(),
    }
    manifest = manifest_json(dossier.edition, dossier.makers, files, style.reposts)
    return files | {"manifest.json": manifest}


def _papers(dossier: Dossier, style: Style, notice: str) -> dict[str, bytes]:
    """Return the list as it is printed and sent: what an edition keeps for good."""
    edition = dossier.edition
    standing = "预览稿" if edition.is_preview else f"第{edition.number}版"
    name = f"附件2-{edition.quarter}-{standing}"
    template = style.template
    papers = {
        f"{name}.xlsx": list_xlsx(edition, dossier.evidence, dossier.accounts),
        f"{name}.docx": list_docx(edition)
        if template is None
        else filled_template(template, edition, notice.strip()),
    }
    return papers | ({f"{name}.pdf": list_pdf(edition)} if can_pdf() else {})


def _notice(dossier: Dossier, style: Style) -> str:
    day = style.as_of or dossier.edition.quarter.last_day
    return notice_text(dossier.edition, dossier.previous, as_of=day, examples=style.examples)
