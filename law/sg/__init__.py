"""Singapore: electronic payments."""

NAME_EN = "Singapore"
NAME_ZH = "新加坡"
CALENDAR = "SG"
ZONE = "Asia/Singapore"
