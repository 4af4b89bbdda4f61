"""Answers of hosts as WARC, the form that archives keep and courts have seen."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC
from io import BytesIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from textcheck.article import Page

__all__ = ["broken_records", "warc_of"]

# These told of the transport, which is undone: the body is kept as it is read.
_OURS = frozenset({"x-textcheck-excerpt", "x-textcheck-screenshot"})
_TRANSPORT = frozenset({"content-encoding", "transfer-encoding", "content-length"})


def warc_of(pages: Iterable[Page]) -> bytes:
    """
    Return a WARC with a request and a response for each page, digests included.

    A body that came compressed is kept unpacked; the headers that said so are kept under
    the names that archives use for this, X-Archive-Orig-….
    """
    target = BytesIO()
    writer = _Writer(target, gzip=True)
    for page in pages:
        date = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = {"WARC-Date": date}
        kind = "resource" if _OURS & page.headers.keys() else "response"
        if kind == "resource":  # a part cut out of an answer, or a picture, is no answer
            record = writer.create_warc_record(
                page.url,
                kind,
                payload=BytesIO(page.body),
                warc_content_type=page.headers.get("content-type", ""),
                warc_headers_dict=told,
            )
            writer.write_record(record)
            continue
        response = writer.create_warc_record(
            page.url,
            kind,
            payload=BytesIO(page.body),
            http_headers=_response_headers(page),
            warc_headers_dict=told,
        )
        request = writer.create_warc_record(
            page.url, "request", http_headers=_request_headers(page), warc_headers_dict=told
        )
        writer.write_request_response_pair(request, response)
    return target.getvalue()


def broken_records(warc: bytes) -> Iterator[str]:
    """Yield the address of each record whose content is not what its digest says."""
    try:
        for record in ArchiveIterator(BytesIO(warc), check_digests=False):
            told = record.rec_headers.get_header("WARC-Payload-Digest") or ""
            body = record.content_stream().read()
            if record.rec_type in {"response", "resource"} and told != _digest(body):
                yield str(record.rec_headers.get_header("WARC-Target-URI"))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        yield f"不是可读的 WARC（{error}）"


class _Writer(WARCWriter):  # type: ignore[misc] # warcio publishes no types
    @staticmethod
    def _create_temp_file() -> BytesIO:
        # The library's own is a file that it never closes; a page is in memory anyway.
        return BytesIO()


def _digest(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _response_headers(page: Page) -> StatusAndHeaders:
    headers = [
        (f"X-Archive-Orig-{name}" if name in _TRANSPORT else name, value)
        for name, value in page.headers.items()
    ]
    headers.append(("content-length", str(len(page.body))))
    return StatusAndHeaders(str(page.status), headers, protocol="HTTP/1.1")


def _request_headers(page: Page) -> StatusAndHeaders:
    parts = urlsplit(page.url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", parts.netloc)], is_http_request=True)
