"""The command that brings complaints in, and the regulator's export that it reads."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from django.core.management import CommandError, call_command

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
HEADING = [
    "Date received", "Product", "Sub-product", "Issue", "Sub-issue",
    "Consumer complaint narrative", "Company public response", "Company", "State", "ZIP code",
    "Tags", "Consumer consent provided?", "Submitted via", "Date sent to company",
    "Company response to consumer", "Timely response?", "Consumer disputed?", "Complaint ID",
    "Event tag", "Account",
]  # fmt: skip
ROW = {
    "Date received": "3/9/26", "Product": "Credit card", "Issue": "Fees or interest",
    "Sub-issue": "Problem with fees", "Consumer complaint narrative": "You charged me twice.",
    "Company": "Example Bank", "Date sent to company": "3/10/26", "Complaint ID": "9000001",
    "Company response to consumer": "In progress",
}  # fmt: skip


def run(file, form="cfpb", **options):
    """Press the command's button: what it wrote, what it complained of, its status."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_cases", str(file), format=form, stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0
