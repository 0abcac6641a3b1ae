"""The issuer's own targets: policy that no law asks for; these alone may pause."""

NAME_EN = "The house's own targets"
NAME_ZH = "内部时限"
CALENDAR = ""
ZONE = ""
