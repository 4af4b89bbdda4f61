"""The manifest of a list: what it is, what it rests on, and the digest of each file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from textcheck.edition import Edition
from textcheck.report.attachment import list_title
from textcheck.run import Makers

__all__ = ["manifest_json"]


def manifest_json(
    edition: Edition,
    makers: Mapping[str, Makers],
    files: Mapping[str, bytes],
    reposts: Sequence[str] = (),
) -> bytes:
    """
    Return the manifest of an edition and of the files written with it, as UTF-8 JSON.

    `makers` are those of the edition's runs, so that any line can be made again; a run's model
    is "" where none was enabled. `reposts` are the platforms on which reposted text counts.
    """
    manifest = {
        "title": list_title(edition),
        "quarter": str(edition.quarter),
        "number": edition.number,
        "preview": edition.is_preview,
        "digest": edition.digest,
        "since": edition.since.isoformat(),
        "until": edition.until.isoformat(),
        "issued_at": edition.issued_at.isoformat(timespec="seconds"),
        "registered": edition.registered,
        "checked": edition.checked,
        "failed": len(edition.lines),
        "reposts_count_on": list(reposts),
        "runs": [
            {"id": run_id} | (asdict(makers[run_id]) if run_id in makers else {})
            for run_id in edition.run_ids
        ],
        "files": [
            {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in sorted(files.items())
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
