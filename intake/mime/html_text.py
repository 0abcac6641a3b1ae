"""HTML as plain text: what a reader sees, and where each link leads. Nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Markup beyond this is cut and said to be: a parser's worst case grows faster than its input.
LONGEST = 200_000
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object"})
_LINES = frozenset({
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip
_LINKS = ("http://", "https://", "mailto:", "tel:")
_LONGEST_LINK = 300
_DECLARED = re.compile(r"<[!?][^>]*>")
_SPACE = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Collects text; an unseen element that is never closed hides the rest, as in a browser."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.unseen = ""
        self.depth = 0
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen:
            self.depth += tag == self.unseen
            return
        if tag in _UNSEEN:
            self.unseen, self.depth = tag, 1
            return
        found = {name: value or "" for name, value in attrs}
        if tag in _LINES:
            self.kept.append("\n- " if tag == "li" else "\n")
        elif tag == "td":
            self.kept.append(" ")
        elif tag == "a":
            self.link = found.get("href", "").strip()[:_LONGEST_LINK]
        elif tag == "img" and found.get("alt"):
            self.kept.append(f"[{found['alt']}]")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # <script/> opens a script in HTML; <br/> is a line.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            self.depth -= tag == self.unseen
            self.unseen = self.unseen if self.depth > 0 else ""
            return
        if tag == "a" and self.link.lower().startswith(_LINKS):
            if self.link not in "".join(self.kept[-1:]):
                self.kept.append(f" <{self.link}>")
            self.link = ""
        elif tag in _LINES:
            self.kept.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.kept.append(_SPACE.sub(" ", data))


def to_text(markup: str) -> str:
    """What a reader of ``markup`` would see; links follow their words as ``<https://…>``."""
    reader = _Reader()
    reader.feed(_closed(markup[:LONGEST]))
    reader.close()
    lines = "".join(reader.kept).split("\n")
    return "\n".join(" ".join(one.split()) for one in lines).strip()


def _closed(markup: str) -> str:
    """Drop comments and declarations, and let no tag begin that never ends.

    The parser looks for the end of each anew, which makes hours out of many that have none.
    """
    kept, done = [], 0
    while (start := markup.find("<!--", done)) >= 0:
        kept.append(markup[done:start])
        end = markup.find("-->", start + 4)
        done = len(markup) if end < 0 else end + 3
    kept.append(markup[done:])
    seen = "".join(kept)
    last = seen.rfind(">") + 1
    return _DECLARED.sub("", seen[:last]) + seen[last:].replace("<", "&lt;")
