"""A complaint's forms as its pages send them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from complaints.models import Complaint
from tests.desk import pages

MINE = {
    "category": "collect_hours", "root_cause": "third_party.agency",
    "found": "The log shows a call at 00:14.", "basis": "No call at night.",
    "point_1": "A call at midnight", "outcome_1": "upheld",
    "remedies": ["review", "us_cfpb", "court"],
}  # fmt: skip


def press(client, row, verb, **inputs):
    """Send a verb's form as its page would."""
    return client.post(pages.do(row, verb), {"version": pages.version(row), **inputs}, follow=True)


def now(row):
    return Complaint.objects.get(pk=row.pk)


def soon(days: int = 5) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()
