"""Read a free text and suggest what it is, who owns it and what cannot wait. Pure."""

from triage.suggestion import Evidence, Facts, Suggestion
from triage.weighing import suggest

__all__ = ["Evidence", "Facts", "Suggestion", "suggest"]
