"""Any other program that takes notices: a POST of JSON, signed where there is a secret."""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textcheck.crawler.fetch import Fetcher
from textcheck.errors import FetchError, NotifyError, Unanswered, UnsureError
from textcheck.notice import Notice
from textcheck.notify.base import digest_lines, digest_title, host_of, without_secrets

__all__ = ["Webhook"]


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address, and the secret by which whoever listens there knows us."""

    fetcher: Fetcher
    now: Callable[[], datetime]
    address: str
    secret: str = ""

    async def send(self, notices: Sequence[Notice]) -> None:
        """
        Send the notices; see Sender.

        `X-Textcheck-Signature` is sha256=HMAC of `X-Textcheck-Time`, a dot and the body.
        """
        body = json.dumps(_message(notices), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.secret:
            moment = str(int(self.now().timestamp()))
            signed = hmac.new(self.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
            headers |= {
                "X-Textcheck-Time": moment,
                "X-Textcheck-Signature": f"sha256={signed.hexdigest()}",
            }
        try:
            page = await self.fetcher.post(self.address, body=body, headers=headers)
        except Unanswered as error:
            raise UnsureError(self._told(str(error))) from error
        except FetchError as error:
            raise NotifyError(self._told(str(error))) from error
        if not 200 <= page.status < 300:  # noqa: PLR2004 # HTTP success
            raise NotifyError(f"对方返回 {page.status}")

    async def ready(self) -> str:
        """Look at the address, which is all that can be tried in silence; see Sender."""
        host = host_of(self.address)
        open_ = "" if self.address.startswith("https://") else "，没有加密"
        signed = "有签名密钥" if self.secret else "没有签名密钥"
        return f"已设置，主机 {host}{open_}，{signed}；没有试发"

    def _told(self, message: str) -> str:
        return without_secrets(message, self.address, self.secret)


def _message(notices: Sequence[Notice]) -> dict[str, object]:
    return {
        "title": digest_title(notices),
        "text": "\n".join(digest_lines(notices)),
        "notices": [
            {
                "id": notice.id,
                "quarter": str(notice.quarter),
                "edition": notice.number,
                "county": notice.county,
                "unit": notice.unit,
                "due_on": notice.due_on.isoformat(),
                "accounts": [
                    {
                        "id": line.account_id,
                        "account": line.account,
                        "problems": line.problems,
                        "dates": [day.isoformat() for day in line.dates],
                    }
                    for line in notice.lines
                ],
            }
            for notice in notices
        ],
    }
