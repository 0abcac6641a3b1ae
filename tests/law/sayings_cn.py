"""What the Chinese rules of contact say beside their verdicts."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.law.saying import Saying, silent

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
BEFORE_STANDARD = datetime(2025, 2, 27, 15, 59, tzinfo=UTC)  # one minute to midnight in Beijing
BEFORE_GUIDELINE = datetime(2026, 1, 29, 15, 59, tzinfo=UTC)
RUNG = {"contact_at": NOW, "number": "138****8000"}

CHINA = (
    *silent("COL-HOURS", "cn", "contact", {"contact_at": BEFORE_STANDARD}),
    *silent("COL-ANSWERED-3", "cn", "contact", {**RUNG, "contact_at": BEFORE_STANDARD},
            {**RUNG, "channel": "sms"}),
    *silent("COL-UNANSWERED-6", "cn", "contact", {**RUNG, "contact_at": BEFORE_GUIDELINE},
            {**RUNG, "channel": "sms"}, {**RUNG, "attempts_agreed": True}),
    Saying("COL-THIRD", "cn", "contact",
           {"third_person": True, "contact_at": NOW, "number_invalid": True},
           ("contact on 2026-03-02",
            "the debtor is out of reach: only a way to reach them may be asked for")),
)  # fmt: skip
