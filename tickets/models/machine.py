"""What every state machine shares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from kernel.actors import Actor


class Machine(models.Model):
    """A row whose state only ``tickets.machine.perform`` may change.

    ``label`` is the word that events, permissions and sentences use ("dispute"). ``case_id`` is
    the ticket whose history this row writes to.
    """

    label: ClassVar[str]
    state: Any

    class Meta:
        abstract = True

    @property
    def case_id(self) -> int:
        """The primary key of the ticket that keeps this row's history."""
        raise NotImplementedError

    def owned_by(self, actor: Actor) -> bool:
        """Say whether ``actor`` is the cardholder whose case this is."""
        raise NotImplementedError
