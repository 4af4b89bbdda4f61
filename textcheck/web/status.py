"""Which HTTP status says what went wrong."""

from textcheck.errors import ConfigError, ConflictError, ForbiddenError

__all__ = ["status_of"]

_STATUSES = ((ConflictError, 409), (ForbiddenError, 403), (ConfigError, 400))


def status_of(error: Exception) -> int:
    """Return the status of an error of this program."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return status
    # What the database itself refused has a cause; all else is not there.
    return 503 if error.__cause__ is not None else 404
