"""Take pictures of the articles in which something serious was found, while they are there."""

from datetime import timedelta

from textcheck.crawler.screenshot import Camera
from textcheck.errors import FetchError
from textcheck.scan.work import Work
from textcheck.store.screenshots import save_screenshot, without_screenshot

__all__ = ["take_screenshots"]

# An older page may no longer be what was found fault with.
_FRESH = timedelta(hours=20)


async def take_screenshots(work: Work, camera: Camera) -> None:
    """Picture each version that was fetched tonight and has none; a failure is told."""
    with work.store.read() as connection:
        wanted = without_screenshot(connection, work.now() - _FRESH)
    for version_id, url in wanted:
        try:
            picture = await camera(url)
        except FetchError as error:
            work.run.failures.append(f"{url} 没有截图：{error}")
            continue
        with work.store.write() as connection:
            save_screenshot(connection, version_id, url, picture, work.now())
