"""The paragraphs of the quarterly notice that rest on the nonconformance list."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from textcheck.edition import Edition, EditionLine, repeat_offenders
from textcheck.errors import ConfigError
from textcheck.report.attachment import full_day

__all__ = ["examples_of", "notice_paragraph", "notice_text", "repeat_sentences"]

_EXAMPLES = 3  # as many as the office's notices name
_SYSTEM = "“全国政务新媒体信息报送系统”"


def notice_text(
    edition: Edition, previous: Edition | None, *, as_of: date, examples: Sequence[str] = ()
) -> str:
    """Return the notice's paragraph and, below it, what it says of repeat offenders."""
    paragraph = notice_paragraph(edition, as_of=as_of, examples=examples)
    return "\n".join([paragraph, *repeat_sentences(edition, previous)]) + "\n"


def notice_paragraph(edition: Edition, *, as_of: date, examples: Sequence[str] = ()) -> str:
    """Return how many accounts run on the day `as_of`, and how many failed and which."""
    opening = (
        f"截至{full_day(as_of)}，全市在{_SYSTEM}中登记在运行的政务新媒体"
        f"{edition.registered}个，抽查"
    )
    if edition.checked is not None:
        opening += f"{edition.checked}个，"
    named = "、".join(f"{line.county}“{line.name}”" for line in examples_of(edition, examples))
    if not edition.lines:
        return f"{opening}未发现不合格政务新媒体。"
    total = len(edition.lines)
    others = "等" if total > 1 else ""
    counted = Counter(problem for line in edition.lines for problem in line.problems)
    problems = "、".join(problem for problem, _ in counted.most_common())
    return f"{opening}发现{named}{others}{total}个不合格政务新媒体，主要问题为存在{problems}。"


def examples_of(edition: Edition, wanted: Sequence[str]) -> list[EditionLine]:
    """
    Return the lines that the paragraph names: those wanted, in that order, by account id.

    Where none is wanted, the first of each county, three at most. Raises ConfigError for an
    account that is not on the list.
    """
    by_id = {line.account_id: line for line in edition.lines}
    if unknown := [account_id for account_id in wanted if account_id not in by_id]:
        on_list = "、".join(by_id) or "（清单为空）"
        raise ConfigError(f"--example：清单中没有账号“{unknown[0]}”；清单中的账号有：{on_list}")
    if wanted:
        return [by_id[account_id] for account_id in dict.fromkeys(wanted)]
    first = {line.county: line for line in reversed(edition.lines)}
    return [line for line in edition.lines if first[line.county] is line][:_EXAMPLES]


def repeat_sentences(edition: Edition, previous: Edition | None) -> list[str]:
    """Return a sentence for each problem that put accounts on this list and on the one before."""
    offenders = sorted(repeat_offenders(edition, previous), key=lambda line: line.problems)
    sentences = []
    for problems, lines in groupby(offenders, key=lambda line: line.problems):
        # GB/T 15834: no comma of enumeration between names that stand in quotation marks.
        names = "".join(f"“{line.name}”" for line in lines)
        sentences.append(f"{names}连续两个季度因{'、'.join(problems)}被通报为不合格政务新媒体。")
    return sentences
