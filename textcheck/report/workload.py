"""How good flags and decisions are: false alarms, time spent and agreement, by rule."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from textcheck.review import Decision, DismissReason, Verdict, first_words, is_drawn, last_words
from textcheck.store.opinions import Opinion

__all__ = ["Agreement", "RuleWork", "agreement_of", "work_by_rule"]

# Between two decisions of one person at most so much is work on the second; the rest is a pause.
_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the first two to decide, who saw nothing of each other, said the same."""

    pairs: int
    same: int
    kappa: float | None  # None where nobody could have disagreed


@dataclass(frozen=True, slots=True)
class RuleWork:
    """
    What became of a rule's issues.

    `dismissed` counts the false alarms: a duplicate is none. `wasted` is the reviewers' time that
    went into them, as far as their decisions follow each other; `waited` is the middle time from
    finding to the first decision.
    """

    rule_code: str
    confirmed: int
    dismissed: int
    disputed: int
    reasons: tuple[tuple[str, int], ...]
    wasted: timedelta
    waited: timedelta
    agreement: Agreement

    @property
    def false_alarms(self) -> float | None:
        """Return their share in what was decided."""
        decided = self.confirmed + self.dismissed
        return self.dismissed / decided if decided else None


def work_by_rule(opinions: Sequence[Opinion]) -> list[RuleWork]:
    """Return the work on each rule, the rule that wastes the most time first."""
    spent = _spent([item.verdict for item in opinions])
    rules: defaultdict[str, list[Opinion]] = defaultdict(list)
    for item in opinions:
        rules[item.rule_code].append(item)
    found = [_work(code, items, spent) for code, items in rules.items()]
    return sorted(found, key=lambda work: (-work.wasted, -work.dismissed, work.rule_code))


def agreement_of(opinions: Iterable[Opinion]) -> Agreement:
    """Return how far the first two agree on the issues that were drawn for it."""
    drawn = _by_issue(item for item in opinions if is_drawn(item.verdict.fingerprint))
    pairs = []
    for said in drawn.values():
        words = list(first_words(said).values())[:2]
        if len(words) > 1:
            pairs.append((words[0], words[1]))
    same = sum(one is other for one, other in pairs)
    return Agreement(len(pairs), same, _kappa(pairs))


def _kappa(pairs: Collection[tuple[Decision, Decision]]) -> float | None:
    """Return Cohen's kappa: agreement beyond what two would have by chance."""
    if not pairs:
        return None
    count = len(pairs)
    first, second = (Counter(pair[place] for pair in pairs) for place in (0, 1))
    seen = sum(one is other for one, other in pairs) / count
    chance = sum(first[word] * second[word] for word in Decision) / count**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _work(code: str, opinions: Sequence[Opinion], spent: dict[Verdict, timedelta]) -> RuleWork:
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    wasted = timedelta()
    for said in _by_issue(opinions).values():
        words = set(last_words(said).values())
        if len(words) > 1:
            counts["disputed"] += 1
        elif Decision.CONFIRM in words:
            counts["confirmed"] += 1
        elif words and (alarms := [item for item in said if _is_false_alarm(item)]):
            counts["dismissed"] += 1
            reasons[alarms[-1].reason] += 1
            wasted += sum((spent[item] for item in said), timedelta())
    first = {item.verdict.fingerprint: item for item in reversed(opinions)}
    waits = sorted(item.verdict.decided_at - item.found_at for item in first.values())
    return RuleWork(
        rule_code=code,
        confirmed=counts["confirmed"],
        dismissed=counts["dismissed"],
        disputed=counts["disputed"],
        reasons=tuple(reasons.most_common()),
        wasted=wasted,
        waited=waits[len(waits) // 2],
        agreement=agreement_of(opinions),
    )


def _is_false_alarm(verdict: Verdict) -> bool:
    return verdict.decision is Decision.DISMISS and verdict.reason != DismissReason.DUPLICATE.value


def _spent(verdicts: Iterable[Verdict]) -> dict[Verdict, timedelta]:
    """Return how long each decision took: the time since its reviewer's last one, if not long."""
    found: dict[Verdict, timedelta] = {}
    before: dict[str, Verdict] = {}
    for verdict in verdicts:
        last = before.get(verdict.reviewer)
        gap = verdict.decided_at - last.decided_at if last is not None else _PAUSE
        found[verdict] = gap if gap < _PAUSE else timedelta()
        before[verdict.reviewer] = verdict
    return found


def _by_issue(opinions: Iterable[Opinion]) -> dict[str, list[Verdict]]:
    found: defaultdict[str, list[Verdict]] = defaultdict(list)
    for item in opinions:
        found[item.verdict.fingerprint].append(item.verdict)
    return found
