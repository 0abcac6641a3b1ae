"""Make things the way people make them: by walking through the real doors.

``make.dispute("resolved")`` presses the buttons that lead there. The clock is read here once a
call, so that a test may shift it with ``time_machine``.
"""

from tests.make.claims import answers, dispute, filed, leg, lost, notice, won
from tests.make.grievances import (
    complained,
    complaint,
    drafted,
    grievance,
    letters_leave,
    ruling,
)  # fmt: skip
from tests.make.people import (
    AMOUNT,
    account,
    cardholder,
    clerk,
    staff,
    statement,
    transaction,
)  # fmt: skip

__all__ = [
    "AMOUNT", "account", "answers", "cardholder", "clerk", "complained", "complaint", "dispute",
    "drafted", "filed", "grievance", "leg", "letters_leave", "lost", "notice", "ruling", "staff",
    "statement", "transaction", "won",
]  # fmt: skip
