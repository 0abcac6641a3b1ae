"""Who acts, and what history keeps of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from types import SimpleNamespace

import pytest

from kernel import actors
from kernel.actors import SYSTEM, Actor


def test_history_keeps_a_number_of_staff_and_the_issuers_own_reference_of_cardholders():
    user, holder = SimpleNamespace(pk=7), SimpleNamespace(external_ref="ch-9")

    assert (actors.staff(user).kind, actors.staff(user).ref) == ("staff", "user:7")
    assert actors.cardholder(holder) == Actor("cardholder", holder, "cardholder:ch-9")


@pytest.mark.parametrize(
    ("actor", "trusted"),
    [
        (SYSTEM, True),
        (Actor("staff", None, "system"), False),
        (Actor("cardholder"), False),
        (Actor("integrator", ref="system"), False),
    ],
)
def test_only_the_desk_itself_needs_no_permission(actor: Actor, trusted: bool):
    assert actor.trusted is trusted


def test_an_actor_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        SYSTEM.kind = "staff"  # type: ignore[misc]
