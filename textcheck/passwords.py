"""Passwords, kept as argon2id hashes (argon2-cffi, extra `web`), and tokens, kept as digests."""

import hashlib
from typing import TYPE_CHECKING

from textcheck.errors import ConfigError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["LEAST_CHARACTERS", "hash_password", "is_password", "token_digest"]

LEAST_CHARACTERS = 10
_MOST_CHARACTERS = 200  # a longer one would only keep the machine busy


def hash_password(password: str) -> str:
    """Return the hash to keep; raise ConfigError for a password that is too easy to guess."""
    if not LEAST_CHARACTERS <= len(password) <= _MOST_CHARACTERS:
        raise ConfigError(f"口令应为 {LEAST_CHARACTERS} 至 {_MOST_CHARACTERS} 个字符")
    if len(set(password)) < LEAST_CHARACTERS // 2:
        raise ConfigError("口令过于简单，请多用几种字符")
    return _hasher().hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """
    Tell whether a password is the one whose hash is kept.

    None, for nobody of that name, takes as long: whoever asks learns nothing from the time.
    """
    from argon2.exceptions import VerificationError  # noqa: PLC0415 # extra `web`

    hasher = _hasher()
    if len(password) > _MOST_CHARACTERS:
        return False
    if kept is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(kept, password)
    except VerificationError:
        return False


def token_digest(token: str) -> str:
    """Return what is kept of a token that was drawn at random: nobody guesses it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415 # extra `web`
    except ModuleNotFoundError as error:
        raise ConfigError("需要先安装网页部分：pip install 'textcheck[web]'") from error
    return PasswordHasher()  # argon2id, 64 MiB, three passes: about 0.1 s
