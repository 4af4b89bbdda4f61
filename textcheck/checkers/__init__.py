"""One family of rules a module; none knows another."""

from textcheck.checkers.base import Checker
from textcheck.checkers.bodies import BodyChecker
from textcheck.checkers.cautions import CautionChecker
from textcheck.checkers.dates import DateChecker
from textcheck.checkers.enumerations import EnumerationChecker
from textcheck.checkers.formulations import FormulationChecker
from textcheck.checkers.frames import FrameChecker
from textcheck.checkers.heads import HeadChecker
from textcheck.checkers.laws import LawChecker
from textcheck.checkers.learned import LearnedChecker
from textcheck.checkers.meetings import MeetingChecker
from textcheck.checkers.names import NameChecker
from textcheck.checkers.order import OrderChecker
from textcheck.checkers.peoples import PeopleChecker
from textcheck.checkers.quoted import QuotedTermChecker
from textcheck.checkers.ranks import RankChecker
from textcheck.checkers.regions import RegionChecker
from textcheck.checkers.removed import RemovedChecker
from textcheck.checkers.repeats import RepeatChecker
from textcheck.checkers.switched import without
from textcheck.checkers.titles import TitleChecker
from textcheck.checkers.words import WordChecker
from textcheck.lexicon.lexicon import Lexicon
from textcheck.model.load import Models

__all__ = ["build_checkers"]


def build_checkers(lexicon: Lexicon, models: Models | None = None) -> tuple[Checker, ...]:
    """Return one of each checker, in the order they run; the learned one if there are models."""
    checkers: tuple[Checker, ...] = (
        NameChecker(lexicon),
        TitleChecker(lexicon),
        RankChecker(lexicon),
        HeadChecker(lexicon),
        RemovedChecker(lexicon),
        OrderChecker(lexicon),
        CautionChecker(lexicon),
        EnumerationChecker(lexicon),
        FormulationChecker(lexicon),
        FrameChecker(lexicon),
        QuotedTermChecker(lexicon),
        BodyChecker(lexicon),
        MeetingChecker(lexicon),
        LawChecker(lexicon),
        RegionChecker(lexicon),
        PeopleChecker(lexicon),
        DateChecker(lexicon),
        RepeatChecker(lexicon),
        WordChecker(lexicon),
    )
    if models is not None:
        checkers += (LearnedChecker(lexicon, models.proofreader, models.thresholds),)
    off = lexicon.tables.rules_off
    return tuple(without(checkers, off)) if off else checkers
