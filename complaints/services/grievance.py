"""What a complaint is when it comes in, before it is a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Grievance:
    """A complaint as it comes in. Free text is enough; everything else may be found out later.

    ``body`` is the regulator or ombudsman that passed it on, ``external_ref`` its reference or
    the sender's. ``joins`` names the case whose matter this is again, when somebody knows.
    """

    story: str
    source: str = "app"
    body: str = ""
    external_ref: str = ""
    received_at: datetime | None = None
    category: str = ""
    account: str = ""
    joins: str = ""
    payment_services: bool | None = None
    hardship: bool = False
    complained_of_user: Any = None
    complained_of_department: str = ""
    reference: str = ""

    @property
    def external_name(self) -> str:
        """The reference as the case carries it: two bodies may count alike."""
        return (
            f"{self.body}:{self.external_ref}"
            if self.body and self.external_ref
            else (self.external_ref)
        )
