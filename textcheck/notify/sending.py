"""Send what is due on each channel, once; what failed is told, and due again in the next run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from textcheck.crawler.fetch import Fetcher
from textcheck.errors import ConfigError, NotifyError, UnsureError
from textcheck.notice import Delivery, DeliveryState, Notice
from textcheck.notify.channels import Channel
from textcheck.store.connect import Store
from textcheck.store.notices import claim, deliveries_of, list_notices, note_delivery

__all__ = ["Sent", "due_on", "latest", "send_due"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What one channel was given in a run, and how that went."""

    channel: Channel
    notices: tuple[Notice, ...]
    state: DeliveryState
    error: str = ""


def latest(notices: Iterable[Notice]) -> list[Notice]:
    """Return of each unit and quarter the notice of the latest edition, of notices newest first."""
    found: dict[tuple[str, str, str], Notice] = {}
    for notice in notices:
        found.setdefault((str(notice.quarter), notice.county, notice.unit), notice)
    return list(found.values())


def due_on(
    channel: Channel,
    notices: Sequence[Notice],
    fared: Mapping[int, Sequence[Delivery]],
    again: Sequence[DeliveryState],
) -> list[Notice]:
    """Return the notices that a channel has not been given, or that are to go out again."""
    states = {
        delivery.notice_id: delivery.state
        for every in fared.values()
        for delivery in every
        if delivery.channel == channel.name
    }
    return [
        notice
        for notice in notices
        if channel.reaches(notice) and (notice.id not in states or states[notice.id] in again)
    ]


async def send_due(  # noqa: PLR0913 # who sends what by which way, when
    store: Store,
    channels: Sequence[Channel],
    fetcher: Fetcher,
    *,
    by: str,
    now: Callable[[], datetime],
    unsure_again: bool = False,
) -> list[Sent]:
    """Send each channel the digest of what it is due; return how that went."""
    again = [DeliveryState.FAILED] + [DeliveryState.UNSURE] * unsure_again
    outcomes = []
    for channel in channels:
        with store.write() as connection:
            notices = latest(list_notices(connection))
            fared = deliveries_of(connection, [notice.id for notice in notices])
            mine = [
                notice
                for notice in due_on(channel, notices, fared, again)
                if claim(connection, notice.id, channel.name, now=now(), again=again)
            ]
        if not mine:
            continue
        sent = await _send(channel, mine, fetcher)
        with store.write() as connection:
            for notice in mine:
                delivery = Delivery(notice.id, channel.name, sent.state, now(), sent.error)
                note_delivery(connection, delivery, by)
        outcomes.append(sent)
    return outcomes


async def _send(channel: Channel, notices: Sequence[Notice], fetcher: Fetcher) -> Sent:
    given = tuple(notices)
    try:
        await channel.build(fetcher).send(given)
    except UnsureError as error:
        return Sent(channel, given, DeliveryState.UNSURE, str(error))
    except (NotifyError, ConfigError) as error:
        return Sent(channel, given, DeliveryState.FAILED, str(error))
    return Sent(channel, given, DeliveryState.SENT)
