import hashlib
import json
from dataclasses import replace

from textcheck.edition import Edition
from textcheck.report.manifest import manifest_json
from textcheck.run import Makers

MAKERS = Makers("0.1.0", "ab12", "", "cd34")


def test_the_manifest_names_edition_runs_and_files(edition: Edition) -> None:
    files = {"b.txt": "乙".encode(), "a.txt": b""}
    manifest = json.loads(manifest_json(edition, {"2021-05-02-1": MAKERS}, files, ("微信",)))
    assert manifest == {
        "title": "2021年二季度抽查政府系统政务新媒体不合格清单",
        "quarter": "2021Q2",
        "number": 1,
        "preview": False,
        "digest": edition.digest,
        "since": "2021-04-01",
        "until": "2021-06-30",
        "issued_at": "2021-07-22T09:00:00+08:00",
        "registered": 4,
        "checked": None,
        "failed": 3,
        "reposts_count_on": ["微信"],
        "runs": [
            {
                "id": "2021-05-02-1",
                "code": "0.1.0",
                "lexicon": "ab12",
                "model": "",
                "config": "cd34",
            }
        ],
        "files": [
            {"name": "a.txt", "sha256": hashlib.sha256(b"").hexdigest(), "bytes": 0},
            {"name": "b.txt", "sha256": hashlib.sha256("乙".encode()).hexdigest(), "bytes": 3},
        ],
    }


def test_a_run_that_the_store_lost_keeps_its_id(edition: Edition) -> None:
    manifest = json.loads(manifest_json(replace(edition, number=0), {}, {}))
    assert manifest["runs"] == [{"id": "2021-05-02-1"}]
    assert manifest["preview"] is True
