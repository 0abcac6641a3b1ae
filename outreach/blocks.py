"""A letter as blocks: what a rendered template means on paper and on a screen.

In a template a line that begins with ``# `` is a heading, ``- `` an item of a list (which goes on
in lines that two spaces begin), ``> `` a quotation, ``| label | amount`` a row of figures; other
lines make paragraphs, parted by an empty line. Every text that people wrote is one cleaned line
(``wording.clean``) and never stands at the beginning of a template's line, so it cannot become
one of these.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

_MARKS = {"# ": "heading", "- ": "item", "> ": "quote", "| ": "row"}


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, item, quotation, or a row of a label and an amount."""

    kind: str
    text: str
    amount: str = ""


@dataclass(frozen=True)
class Letter:
    """A written letter: its subject and its blocks in reading order."""

    subject: str
    blocks: tuple[Block, ...]
    colon: str = ": "

    def plain(self) -> str:
        """The letter as plain text."""
        parts: list[str] = []
        for number, block in enumerate(self.blocks):
            before = self.blocks[number - 1].kind if number else ""
            parts += ["\n" if _together(before, block.kind) else "\n\n", _plain(block, self.colon)]
        return "".join(parts).strip() + "\n"

    def figures(self) -> list[dict[str, Any]]:
        """The letter as plain JSON, for the typesetter; neighbouring rows or quotations are one."""
        found: list[dict[str, Any]] = []
        for block in self.blocks:
            if block.kind not in {"row", "quote"}:
                found.append({"kind": block.kind, "text": block.text})
                continue
            if not found or found[-1]["kind"] != block.kind:
                found.append({"kind": block.kind, "lines": []})
            found[-1]["lines"].append([block.text, block.amount])
        return found


def parse(rendered: str, *, joiner: str = " ", colon: str = ": ") -> Letter:
    """Read a rendered template, whose first line is ``Subject: …``.

    ``joiner`` stands between the lines of one paragraph (nothing, in Chinese), ``colon`` between
    a label and its amount.

    Raises:
        ValueError: the first line is no subject.
    """
    first, _, rest = rendered.lstrip().partition("\n")
    label, _, subject = first.partition(": ")
    if label != "Subject" or not subject.strip():
        raise ValueError(f"A letter begins with its subject, not with {first!r}.")
    blocks: list[Block] = []
    words: list[str] = []
    for line in [*rest.splitlines(), ""]:
        kind = _MARKS.get(line[:2])
        if kind is None and line.strip():
            if line.startswith("  ") and not words and blocks:
                blocks[-1] = _longer(blocks[-1], line.strip(), joiner)
            else:
                words.append(line.strip())
            continue
        if words:
            blocks.append(Block("paragraph", joiner.join(words)))
            words = []
        if kind:
            blocks.append(_marked(kind, line[2:].strip()))
    return Letter(subject.strip(), tuple(blocks), colon)


def _longer(block: Block, text: str, joiner: str) -> Block:
    return replace(block, text=f"{block.text}{joiner}{text}")


def _marked(kind: str, text: str) -> Block:
    if kind != "row":
        return Block(kind, text)
    # The amount is ours; a bar in the label is text.
    label, _, amount = text.rpartition("|")
    return Block(kind, label.strip(), amount.strip())


def _together(before: str, kind: str) -> bool:
    """Say whether a block follows the one before it without an empty line."""
    return before == "heading" or (kind == before and kind in {"item", "quote", "row"})


def _plain(block: Block, colon: str) -> str:
    if block.kind == "row":
        return f"{block.text}{colon}{block.amount}"
    return {"item": "- ", "quote": "> "}.get(block.kind, "") + block.text
