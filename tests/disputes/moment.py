"""The moment at which the claims of these tests are worked."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 3, 10, 17, tzinfo=UTC)  # a Tuesday, one in the afternoon in New York
