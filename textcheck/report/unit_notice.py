"""The notices to the units of the accounts on an issued list, as data, as text and as Word."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from textcheck.edition import NOT_UPDATED_CODE, Edition
from textcheck.notice import Flaw, Notice
from textcheck.report.attachment import full_day, plain_day
from textcheck.report.word import BODY, BOLD, TITLE, add_paragraph, packed, set_page
from textcheck.store.accounts import read_accounts
from textcheck.store.connect import Connection
from textcheck.store.findings import confirmed_places, load_issues

__all__ = ["draft_notices", "notice_docx", "notice_paragraphs", "notice_text"]


def draft_notices(
    connection: Connection, edition: Edition, *, confirmations: int, due_on: date, now: datetime
) -> list[Notice]:
    """Return a notice for each unit with accounts on an issued list, as the list has them."""
    units = {account.id: account.unit for account in read_accounts(connection)}
    lines = defaultdict(list)
    for line in edition.lines:
        lines[line.county, units.get(line.account_id) or line.county].append(line)
    flaws = _flaws(connection, edition, confirmations)
    return [
        Notice(
            quarter=edition.quarter,
            number=edition.number,
            county=county,
            unit=unit,
            due_on=due_on,
            lines=tuple(mine),
            flaws=tuple(flaw for line in mine for flaw in flaws[line.account_id]),
            made_at=now.replace(microsecond=0),
        )
        for (county, unit), mine in lines.items()
    ]


def notice_text(notice: Notice) -> str:
    """Return a notice as plain text."""
    paragraphs = [words for words, _ in notice_paragraphs(notice)]
    return "\n".join([notice.title, "", f"{notice.unit}：", "", *paragraphs]) + "\n"


def notice_docx(notice: Notice) -> bytes:
    """Return a notice as a Word document; the same notice gives the same bytes."""
    document = docx.Document()
    set_page(document, notice.title, notice.made_at)
    title = add_paragraph(document, notice.title, TITLE, 20)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(18)
    add_paragraph(document, f"{notice.unit}：", BODY, 16)
    for words, is_heading in notice_paragraphs(notice):
        paragraph = add_paragraph(document, words, BOLD if is_heading else BODY, 16)
        paragraph.paragraph_format.first_line_indent = Mm(11.3)  # two characters of 16 points
        paragraph.paragraph_format.line_spacing = Pt(28)
    made = add_paragraph(document, full_day(notice.made_at.date()), BODY, 16)
    made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.paragraph_format.space_before = Pt(24)
    return packed(document)


def _flaws(connection: Connection, edition: Edition, confirmations: int) -> dict[str, list[Flaw]]:
    days = {line.account_id: line.dates for line in edition.lines}
    found: defaultdict[str, list[Flaw]] = defaultdict(list)
    # An account that is not updated has nothing to put right in an article.
    places = [
        place
        for place, code in confirmed_places(connection, confirmations)
        if code != NOT_UPDATED_CODE and place.published_on in days.get(place.account_id, ())
    ]
    issues = load_issues(connection, {place.fingerprint for place in places})
    for place in places:
        issue = issues[place.fingerprint]
        assert place.published_on is not None  # noqa: S101 # it is one of the list's days
        found[place.account_id].append(
            Flaw(
                fingerprint=place.fingerprint,
                account_id=place.account_id,
                account=place.account,
                native_id=place.native_id,
                title=place.title,
                url=place.url,
                published_on=place.published_on,
                marked=issue.marked,
                suggestions=issue.suggestions,
            )
        )
    for flaws in found.values():
        flaws.sort(key=lambda flaw: (flaw.published_on, flaw.url, flaw.marked))
    return found


def notice_paragraphs(notice: Notice) -> Iterator[tuple[str, bool]]:
    """Yield each paragraph, and whether it is the heading of an account."""
    opening = (
        f"{notice.quarter.label}政务新媒体抽查发现，你单位主办的 {len(notice.lines)} 个账号不合格"
        f"（清单第{notice.number}版）。请逐条核对整改，举一反三，"
        f"于{full_day(notice.due_on)}前书面反馈整改情况。"
    )
    yield opening, False
    for line in notice.lines:
        days = "、".join(plain_day(day) for day in line.dates)
        yield f"{line.account}：{'、'.join(line.problems)}（{days}）", True
        mine = [flaw for flaw in notice.flaws if flaw.account_id == line.account_id]
        for number, flaw in enumerate(mine, start=1):
            where = f"《{flaw.title}》（{plain_day(flaw.published_on)}，{flaw.url}）"
            yield f"{number}．{where}：{flaw.marked}{_advice(flaw)}", False


def _advice(flaw: Flaw) -> str:
    offers = [f"改为“{offer}”" if offer else "删去" for offer in flaw.suggestions]
    return f"建议{'或'.join(offers)}。" if offers else ""
