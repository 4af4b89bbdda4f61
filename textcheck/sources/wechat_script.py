r"""
Read the values that a WeChat page keeps in its scripts, without running them.

Example: window.cgiDataNew = { title: JsDecode('甲\x26amp;乙'), item_show_type: '8' * 1,
text_page_info: { content: '…', }, picture_page_info_list: [ { cdn_url: '…', }, ], };
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

__all__ = ["ScriptValues", "js_string", "script_values"]

_OBJECT = re.compile(r"window\.cgiData(?:New)?\s*=\s*\{")
# A string ends with its line at the latest; no alternative fails after a long run, so that a
# spoiled script costs no more than a good one.
_TOKEN = re.compile(
    r"""'((?:[^'\\\n]|\\.)*+)'?|"((?:[^"\\\n]|\\.)*+)"?"""
    r"""|(?<![\w$])([A-Za-z_$][\w$]*+)\s*+:(?!:)|([{}\[\]])"""
)
# A page has the old object, the new one, or both.
_MAX_OBJECTS = 4
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_VARIABLE = re.compile(
    r"""(?:var\s+|window\.)(\w+)\s*=\s*(?:htmlDecode\()?(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"""
)


@dataclass(frozen=True, slots=True)
class ScriptValues:
    """`fields` of the cgi object by dotted path, `variables` by name, and the pictures listed."""

    fields: Mapping[str, str]
    variables: Mapping[str, str]
    pictures: int

    def first(self, *names: str) -> str:
        """Return the first value that is not empty, of variables and then of fields."""
        for name in names:
            if value := self.variables.get(name) or self.fields.get(name):
                return value
        return ""


def script_values(script: str) -> ScriptValues:
    """Read the scripts of a page, joined."""
    variables: dict[str, str] = {}
    for match in _VARIABLE.finditer(script):
        variables.setdefault(match[1], js_string(match[2] or match[3] or ""))
    fields: dict[str, str] = {}
    pictures = 0
    for match in islice(_OBJECT.finditer(script), _MAX_OBJECTS):
        found, listed = _object(script, match.end())
        fields |= {name: value for name, value in found.items() if value or name not in fields}
        pictures = max(pictures, listed)
    return ScriptValues(fields, variables, pictures)


def js_string(literal: str) -> str:
    r"""
    Return what the inside of a string literal means; JsDecode's \x3c are among its escapes.

    >>> js_string(r"\x3cb\x3e\x0a")
    '<b>\n'
    """
    return _ESCAPE.sub(_unescape, literal)


def _unescape(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        return chr(int(code, 16))
    return _LETTERS.get(match[3], match[3])


def _object(script: str, start: int) -> tuple[dict[str, str], int]:
    # The first string after a key is its value, whatever calls and sums stand around it.
    fields: dict[str, str] = {}
    path: list[str] = []
    key = ""
    pictures = 0
    for match in _TOKEN.finditer(script, start):
        single, double, name, mark = match.groups()
        if name is not None:
            key = name
        elif mark in {"{", "["}:
            path.append(key)
            pictures += mark == "{" and path == ["picture_page_info_list", ""]
            key = ""
        elif mark is not None:
            if not path:
                break
            path.pop()
            key = ""
        elif key:
            where = ".".join(part for part in (*path, key) if part)
            fields.setdefault(where, js_string(single if single is not None else double))
            key = ""
    return fields, pictures
