"""Which returns there are: whose complaints, in which ages, by which regulator's words.

The bands are ours: the US portal's 15 and 60 days, the UK return's three business days and eight
weeks, China's 15, 30 and 60 days. How sure the crosswalks are stands in ``data/categories.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q

from complaints import taxonomy
from complaints.models import Arrival
from complaints.taxonomy import Category

NOT_SAID = "not_said"
Crosswalk = Mapping[str, Callable[[Category], str]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Profile:
    """A return. ``bands`` are ages in calendar days, each up to a number of days.

    ``body`` is the regulator from whose sending a complaint counts; without one it counts from
    its receipt. ``at_once`` asks for what was settled inside the law's window. ``schemes`` say
    for each of the regulator's lists how a category of ours is called there.
    """

    code: str
    name_en: str
    name_zh: str
    language: str
    belongs: Q
    bands: tuple[tuple[str, int], ...]
    schemes: Crosswalk
    body: str = ""
    at_once: bool = False

    def age(self, days: int) -> str:
        """The band of an age in days."""
        found = (name for name, most in self.bands if days <= most)
        return next(found, f"over_{self.bands[-1][1]}_days")

    def scheme(self, name: str, category: str) -> str:
        """What the regulator calls a category of ours."""
        row = taxonomy.CATEGORIES.get(category)
        return self.schemes[name](row) if row else NOT_SAID


_PROFILES = (
    Profile(
        code="cfpb",
        name_en="United States: complaints that came through the CFPB",
        name_zh="美国：经CFPB转来的投诉",
        language="en",
        # No join: the bureau may send one matter twice.
        belongs=Q(Exists(Arrival.objects.filter(complaint=OuterRef("pk"), body="cfpb"))),
        body="cfpb",
        bands=(("within_15_days", 15), ("within_60_days", 60)),
        schemes={
            "cfpb_issue": lambda row: row.cfpb[0],
            "cfpb_sub_issue": lambda row: f"{row.cfpb[0]} / {row.cfpb[1]}",
        },
    ),
    Profile(
        code="disp",
        name_en="United Kingdom: DISP complaints return",
        name_zh="英国：DISP投诉报表",
        language="en",
        belongs=Q(ticket__jurisdiction="gb"),
        bands=(("within_8_weeks", 56),),
        at_once=True,
        schemes={"fca_cause": lambda row: row.fca_cause},
    ),
    Profile(
        code="cn-quarterly",
        name_en="China: quarterly count of complaints",
        name_zh="中国：投诉季度统计",
        language="zh-hans",
        belongs=Q(ticket__jurisdiction="cn"),
        bands=(("within_15_days", 15), ("within_30_days", 30), ("within_60_days", 60)),
        schemes={"jrt0169_c": lambda row: row.jrt0169_c},
    ),
)
PROFILES: Mapping[str, Profile] = MappingProxyType({row.code: row for row in _PROFILES})
