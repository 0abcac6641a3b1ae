"""What is done with mail: kept, taken, decided about, erased, counted."""

from intake.services.deciding import refuse, take_for
from intake.services.erasing import erase, erase_before
from intake.services.keeping import keep
from intake.services.reconciling import Balance, reconcile
from intake.services.taking import take, take_waiting

__all__ = [
    "Balance",
    "erase",
    "erase_before",
    "keep",
    "reconcile",
    "refuse",
    "take",
    "take_for",
    "take_waiting",
]
