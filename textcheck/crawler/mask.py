"""Keep secrets out of all that is shown, logged or stored."""

import re

__all__ = ["masked"]

# Parameters of the platforms' interfaces that open an account to whoever reads them.
_NAMES = "access_token|refresh_token|client_secret|appsecret|secret|token|SUB|SUBP|session"
_SECRET = re.compile(rf"(?<![\w-])((?:{_NAMES})=)[^&\s#;]+", re.IGNORECASE)


def masked(text: str) -> str:
    """
    Return a URL, or a message with URLs in it, without its secrets.

    >>> masked("https://api.weixin.qq.com/cgi-bin/draft/get?access_token=81_x&a=1")
    'https://api.weixin.qq.com/cgi-bin/draft/get?access_token=***&a=1'
    """
    return _SECRET.sub(r"\1***", text)
