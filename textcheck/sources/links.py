"""Addresses of a site's pages."""

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

__all__ = ["canonical", "join_link", "same_host"]

_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """
    Return one name for all addresses of a page: no fragment, no utm_*, http as https.

    >>> canonical("HTTP://www.example.gov.cn:80/a.html?utm_source=x&id=1#top")
    'https://www.example.gov.cn/a.html?id=1'
    """
    parts = urlsplit(url)
    port = parts.port
    host = (parts.hostname or "").lower()
    netloc = host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0][:4] != "utm_"
    ]
    return urlunsplit(("https", netloc, parts.path or "/", urlencode(kept), ""))


def join_link(base: str, href: str) -> str | None:
    """Return the absolute address of a link, None where it leads to no page."""
    try:
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return url if usable else None


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host."""
    return urlsplit(one).hostname == urlsplit(other).hostname
