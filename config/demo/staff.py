"""The people of the demo desk: a name and a sign-in for each department and a lead."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User

from kernel import actors
from kernel.actors import Actor
from tickets.departments import COLLECTIONS, CUSTOMER_SERVICE, FINANCE, LEAD

# Known to everybody: the demo runs on a database of its own and listens to this machine only.
PASSWORD = "recourse-demo"  # noqa: S105  printed on purpose


@dataclass(frozen=True)
class Colleague:
    """Somebody at the desk: sign-in, name, groups."""

    username: str
    first_name: str
    last_name: str
    groups: tuple[str, ...]


# The first of each department is the one whose sign-in `make demo` prints.
COLLEAGUES = (
    Colleague("cora", "Cora", "Bennett", (CUSTOMER_SERVICE,)),
    Colleague("xinyi", "欣怡", "陈", (CUSTOMER_SERVICE,)),
    Colleague("samir", "Samir", "Haddad", (CUSTOMER_SERVICE,)),
    Colleague("finn", "Finn", "Okafor", (FINANCE,)),
    Colleague("grace", "Grace", "Lindqvist", (FINANCE,)),
    Colleague("jun", "军", "赵", (FINANCE,)),
    Colleague("marta", "Marta", "Kowalska", (FINANCE,)),
    Colleague("cole", "Cole", "Ramirez", (COLLECTIONS,)),
    Colleague("min", "敏", "吴", (COLLECTIONS,)),
    Colleague("lena", "Lena", "Fischer", (FINANCE, LEAD)),
    Colleague("wei", "伟", "林", (CUSTOMER_SERVICE, LEAD)),
)


class Staff:
    """Who works at the desk, and who of them takes a case."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.by_group: dict[str, list[Actor]] = {}
        # One hash for all: a dozen slow ones would be most of a small demo's time.
        password = make_password(PASSWORD)
        groups = {group.name: group for group in Group.objects.all()}
        for one in COLLEAGUES:
            user, _made = User.objects.get_or_create(
                username=one.username,
                defaults={"first_name": one.first_name, "last_name": one.last_name,
                          "is_staff": True, "password": password},
            )  # fmt: skip
            user.groups.set(groups[name] for name in one.groups)
            for name in one.groups:
                self.by_group.setdefault(name, []).append(actors.staff(user))

    def pick(self, group: str) -> Actor:
        """Somebody of a department; a lead takes no ordinary case."""
        leads = {actor.ref for actor in self.by_group[LEAD]}
        fit = [one for one in self.by_group[group] if group == LEAD or one.ref not in leads]
        return self.chance.choice(fit)
