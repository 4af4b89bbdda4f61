import os
import sys
from dataclasses import replace
from datetime import date

import pdf_oxide
import pytest

from textcheck.edition import Edition
from textcheck.report.attachment import HEADERS, list_title, sampling_note
from textcheck.report.pdf import can_pdf, list_pdf

# Pango is a library of the system; where it must be is told as for Chromium.
pytestmark = pytest.mark.skipif(
    not can_pdf() and os.environ.get("TEXTCHECK_REQUIRE_CHROMIUM") != "1",
    reason="no Pango on this machine",
)


def words(data: bytes, page: int = 0) -> str:
    document = pdf_oxide.PdfDocument.from_bytes(data)
    return "".join(document.extract_text(page).split())


def test_the_list_is_printed_with_its_edition_and_digest(edition: Edition) -> None:
    twice = replace(edition.lines[0], dates=(date(2021, 4, 16), date(2021, 4, 26)))
    edition = replace(edition, lines=(twice, *edition.lines[1:]))
    data = list_pdf(edition)
    assert list_pdf(edition) == data
    told = words(data)
    for part in (
        "附件2",
        list_title(edition),
        *HEADERS,
        *(line.account for line in edition.lines),
        "2021.4.16",
        "2021.4.26",
        sampling_note(edition),
        f"第1版2021.7.22{edition.digest[:16]}",
    ):
        assert part in told
    assert "预览稿" not in told


def test_a_long_list_has_its_header_on_every_page(edition: Edition) -> None:
    lines = tuple(
        replace(edition.lines[0], account=f"账号{number}（微信）") for number in range(60)
    )
    data = list_pdf(replace(edition, lines=lines))
    document = pdf_oxide.PdfDocument.from_bytes(data)
    assert document.page_count() > 1
    assert all("发布时间" in words(data, number) for number in range(document.page_count()))


def test_a_preview_says_so_and_names_are_text(edition: Edition) -> None:
    line = replace(edition.lines[0], account="<img src=x>（微信）")
    told = words(list_pdf(replace(edition, number=0, lines=(line,))))
    assert told.count("预览稿，未正式印发") >= 1
    assert "<imgsrc=x>（微信）" in told


def test_without_what_makes_it_the_way_to_it_is_told(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Exception, match="pdf-report"):
        list_pdf(edition)
