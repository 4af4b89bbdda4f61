"""The nightly scan: accounts that are due → new articles → versions → findings."""

from textcheck.scan.listing import NO_SOURCE
from textcheck.scan.night import due_accounts, scan
from textcheck.scan.work import Progress, Stage

__all__ = ["NO_SOURCE", "Progress", "Stage", "due_accounts", "scan"]
