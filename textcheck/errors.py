"""
What can go wrong, by who must act.

    TextcheckError
    ├── ConfigError      whoever wrote the settings or the command line
    ├── LexiconError     whoever keeps the lexicons
    ├── ReadError        whoever supplied the file or text
    │   └── ForeignFile      likewise: the file may be whole, but its kind is not read
    ├── FetchError       nobody tonight: the next run tries again
    │   ├── BlockedError     whoever runs the scan: a wall, a captcha
    │   │   ├── CaptchaError     likewise: the host wants to see a person, and is left alone
    │   │   ├── LoginExpired     whoever holds the account's login or token
    │   │   ├── RateLimited      nobody: the host asks for a pause
    │   │   └── QuotaError       nobody before tomorrow: the day's quota is used up
    │   ├── RobotsError      whoever may authorise it: the site does not want to be read
    │   ├── BudgetError      nobody: the run has used up what it may use
    │   ├── NotPermitted     whoever administers the account on its platform
    │   ├── Unanswered       nobody: it went out, and whether it arrived is not known
    │   ├── NotModified      nobody: the page is as it was when it was read
    │   ├── GoneError        nobody: the article was deleted or withdrawn
    │   └── FormatChanged    whoever maintains the reader: the page is not what it was
    ├── NotifyError      whoever keeps the channel; the next run tries again
    │   └── UnsureError      whoever can ask the recipients: it may have arrived
    ├── CheckError       whoever maintains the program: it failed on a text
    ├── StoreError       whoever runs the database
    │   └── ConflictError    whoever decides: somebody else was faster
    └── ForbiddenError   whoever gives out the rights

Messages are Chinese sentences that name what is wrong and where: they are
shown to users as they are.
"""

from datetime import datetime

__all__ = [
    "BlockedError",
    "BudgetError",
    "CaptchaError",
    "CheckError",
    "ConfigError",
    "ConflictError",
    "FetchError",
    "ForbiddenError",
    "ForeignFile",
    "FormatChanged",
    "GoneError",
    "LexiconError",
    "LoginExpired",
    "NotModified",
    "NotPermitted",
    "NotifyError",
    "QuotaError",
    "RateLimited",
    "ReadError",
    "RobotsError",
    "StoreError",
    "TextcheckError",
    "Unanswered",
    "UnsureError",
]


class TextcheckError(Exception):
    """Anything textcheck refuses or fails to do, with a message for the user."""


class ConfigError(TextcheckError):
    """A setting, an argument or a register entry is wrong."""


class LexiconError(TextcheckError):
    """A lexicon file is wrong; the message names file, line and column."""


class ReadError(TextcheckError):
    """A file or text could not be read, or not in full."""


class ForeignFile(ReadError):  # noqa: N818 # says what the file is, not what went wrong
    """A file of a kind that is not read: a picture, a spreadsheet, an archive."""


class FetchError(TextcheckError):
    """A page could not be fetched."""


class BlockedError(FetchError):
    """The host answered with a wall: captcha, login, frequency control."""


class CaptchaError(BlockedError):
    """The host wants to see a person; asking on would make it worse."""


class LoginExpired(BlockedError):  # noqa: N818 # the field's name for it
    """The login or token is no longer accepted; somebody has to log in again."""


class RateLimited(BlockedError):  # noqa: N818 # likewise
    """The host asks for a pause."""


class QuotaError(BlockedError):
    """The day's quota is used up; `until` says from when on there is a new one."""

    def __init__(self, message: str, until: datetime) -> None:
        """Keep the time of the new quota."""
        super().__init__(message)
        self.until = until


class NotPermitted(FetchError):  # noqa: N818 # likewise
    """The platform does not grant this interface to the account."""


class RobotsError(FetchError):
    """The site's robots.txt does not allow it, and nobody has authorised it."""


class BudgetError(FetchError):
    """The run has used up its requests, bytes or time."""


class Unanswered(FetchError):  # noqa: N818 # likewise
    """The request went out, and no answer came: whether it arrived nobody knows."""


class NotModified(FetchError):  # noqa: N818 # an answer, which only a conditional request gets
    """The host says that the page has not changed."""


class GoneError(FetchError):
    """The article is no longer there; `state` says how it went."""

    def __init__(self, message: str, state: str) -> None:
        """Keep the state: deleted, violation or unavailable."""
        super().__init__(message)
        self.state = state


class FormatChanged(FetchError):  # noqa: N818 # the field's name for it: not a fault of the fetch
    """The answer is not in the format that the reader knows."""


class NotifyError(TextcheckError):
    """A notice was not sent."""


class UnsureError(NotifyError):
    """A notice was on its way when the line broke: sent again it may arrive twice."""


class CheckError(TextcheckError):
    """A text could not be checked, for the program failed on it."""


class StoreError(TextcheckError):
    """The database refused or does not hold what was asked for."""


class ConflictError(StoreError):
    """Somebody else has changed what this was to change; nothing was done."""


class ForbiddenError(TextcheckError):
    """Whoever asks may not do this."""
