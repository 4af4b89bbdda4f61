"""The check stage: one worker, in this process or in several, with the same results."""

from textcheck.engine.crew import Crew, checked
from textcheck.engine.worker import Outcome, Worker

__all__ = ["Crew", "Outcome", "Worker", "checked"]
