"""The files that are written for one list."""

from collections.abc import Mapping, Sequence
from datetime import date

from textcheck.report.docx import list_docx
from textcheck.report.dossier import Dossier
from textcheck.report.html import list_html
from textcheck.report.manifest import manifest_json
from textcheck.report.notice import notice_text
from textcheck.report.xlsx import list_xlsx

__all__ = ["list_files"]


def list_files(
    dossier: Dossier, *, as_of: date, examples: Sequence[str] = (), reposts: Sequence[str] = ()
) -> Mapping[str, bytes]:
    """
    Return the files' names and contents: the list thrice, the notice's paragraph, the manifest.

    The same dossier gives the same bytes. `reposts` are the platforms where reposted text counts.
    """
    edition = dossier.edition
    standing = "预览稿" if edition.is_preview else f"第{edition.number}版"
    name = f"附件2-{edition.quarter}-{standing}"
    notice = notice_text(edition, dossier.previous, as_of=as_of, examples=examples)
    files = {
        f"{name}.xlsx": list_xlsx(edition, dossier.evidence, dossier.accounts),
        f"{name}.docx": list_docx(edition),
        "清单.html": list_html(dossier, notice),
        "通报段落.txt": notice.encode(),
    }
    return files | {"manifest.json": manifest_json(edition, dossier.makers, files, reposts)}
