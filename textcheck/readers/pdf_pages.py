"""
Print the text of the pages of a PDF, given on standard input, as a JSON list.

Run by readers/pdf.py in a process of its own: a file made to crash or to stall its reader must not
take the night's scan along. Exit status 0; 3 where the file cannot be read, with the reason on
standard error, 4 where it has a password.
"""

import json
import sys

__all__ = ["BROKEN", "LOCKED", "MOST_SECONDS", "main"]

BROKEN, LOCKED = 3, 4
# Of processor time. A report of 500 pages takes two; what takes longer is made to take long.
MOST_SECONDS = 20
_MOST_MEMORY = 2_000_000_000


def main() -> int:
    """Read the file; return the exit status."""
    _bound()
    from pdf_oxide import PdfDocument  # noqa: PLC0415 # within the bound

    body = sys.stdin.buffer.read()
    try:
        document = PdfDocument.from_bytes(body)
        pages = [document.extract_text(number) for number in range(document.page_count())]
    except Exception as error:  # noqa: BLE001 # of many kinds, none of them named
        sys.stderr.write(str(error))
        return BROKEN
    if b"/Encrypt" in body and not any(page.strip() for page in pages):
        return LOCKED
    json.dump(pages, sys.stdout)
    return 0


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))


if __name__ == "__main__":
    sys.exit(main())
