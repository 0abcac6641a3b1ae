"""Numbers for regulators, each with the cases behind it."""

from complaints.returns.counting import Count, count
from complaints.returns.profiles import PROFILES, Profile
from complaints.returns.span import Span

__all__ = ["PROFILES", "Count", "Profile", "Span", "count"]
