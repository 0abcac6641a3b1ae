"""Rows of the envelope: ticket, history, deadlines, messages, work of others."""

from tickets.models.calendar import LoadedCalendar
from tickets.models.deadline import Deadline
from tickets.models.event import Event
from tickets.models.idempotency import Idempotency
from tickets.models.machine import Machine
from tickets.models.message import Attachment, Message
from tickets.models.ticket import Ticket
from tickets.models.work import Approval, Link, Task, Turn

__all__ = [
    "Approval",
    "Attachment",
    "Deadline",
    "Event",
    "Idempotency",
    "Link",
    "LoadedCalendar",
    "Machine",
    "Message",
    "Task",
    "Ticket",
    "Turn",
]
