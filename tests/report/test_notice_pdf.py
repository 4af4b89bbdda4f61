import os

import pdf_oxide
import pytest

from tests.notify.conftest import notice
from textcheck.report.notice_pdf import notice_pdf
from textcheck.report.pdf import can_pdf
from textcheck.report.unit_notice import notice_text

# Pango is a library of the system; where it must be is told as for Chromium.
pytestmark = pytest.mark.skipif(
    not can_pdf() and os.environ.get("TEXTCHECK_REQUIRE_CHROMIUM") != "1",
    reason="no Pango on this machine",
)


def test_the_pdf_says_what_the_text_says() -> None:
    data = notice_pdf(notice())
    document = pdf_oxide.PdfDocument.from_bytes(data)
    told = "".join(document.extract_text(0).split())
    for line in filter(None, notice_text(notice()).splitlines()):
        assert "".join(line.split()) in told
    assert "2026年7月20日" in told
    assert notice_pdf(notice()) == data
