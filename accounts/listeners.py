"""Who wants to hear of new facts, in the transaction that brings them in.

Rooms above register here when the program starts; this room knows none of them. What they do must
not fail for a fact that is fit: it would be refused for a reason that has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Listener = Callable[[Sequence[Any]], None]

_LISTENERS: dict[str, list[Listener]] = {}


def listen(kind: str, listener: Listener) -> None:
    """Call ``listener`` with the rows of ``kind`` that an upsert has created or changed."""
    heard = _LISTENERS.setdefault(kind, [])
    if listener not in heard:
        heard.append(listener)


def tell(kind: str, rows: Sequence[Any]) -> None:
    """Tell whoever listens to ``kind``; called once for each batch, after it is written."""
    for listener in _LISTENERS.get(kind, ()) if rows else ():
        listener(rows)
