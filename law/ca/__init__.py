"""Canada: federal rules that bind a bank."""

NAME_EN = "Canada"
NAME_ZH = "加拿大"
CALENDAR = "CA-ON"
ZONE = ""  # several zones: the cardholder's own is given with the facts
REGIONS = {"ON": "CA-ON"}
