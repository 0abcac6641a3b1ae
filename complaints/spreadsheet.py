"""Cells that a spreadsheet shows and never computes."""

from __future__ import annotations

# With these a spreadsheet takes a cell for a formula; the wide ones are what a Chinese keyboard
# gives, and a line feed or a carriage return may end the cell before.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def safe(cell: str) -> str:
    """Return ``cell`` so that it is text: what may begin a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.lstrip(" \ufeff").startswith(FORMULA_STARTS) else cell


def plain(cell: str) -> str:
    """Return what ``safe`` was given."""
    bare = cell.removeprefix("'")
    return bare if bare != cell and safe(bare) == cell else cell
