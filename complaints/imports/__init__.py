"""Complaints in bulk: checked first, then taken in one by one through the same door."""

from complaints.imports.report import Report
from complaints.imports.taking import Import, take_in

__all__ = ["Import", "Report", "take_in"]
