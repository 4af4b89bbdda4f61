"""Fetch an article of a site: its page, and the files that it links to."""

from textcheck.article import Article, Reference
from textcheck.crawler.fetch import Fetcher
from textcheck.sources.answer import conditions, demand_ok
from textcheck.sources.attachments import with_attachments
from textcheck.sources.site_page import BodyFinder, read_site_page

__all__ = ["fetch_site_article"]


async def fetch_site_article(fetcher: Fetcher, reference: Reference, find: BodyFinder) -> Article:
    """Read an article's page, whose body `find` finds, and its files."""
    page = await fetcher.get(reference.url, headers=conditions(reference))
    demand_ok(page)
    return await with_attachments(fetcher, read_site_page(reference, page, find))
