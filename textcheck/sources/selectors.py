"""Find elements as the register says."""

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from textcheck.errors import ConfigError

__all__ = ["select"]


def select(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """Return the elements that a CSS selector, or an XPath beginning with / or (, names."""
    try:
        found = root.xpath(selector) if selector[:1] in {"/", "("} else CSSSelector(selector)(root)
    except (etree.XPathError, SyntaxError, ValueError) as error:
        raise ConfigError(f"“{selector}”不是可用的 CSS 选择器或 XPath：{error}") from error
    if not isinstance(found, list):
        raise ConfigError(f"“{selector}”选出的不是网页元素")
    return [item for item in found if isinstance(item, HtmlElement)]
