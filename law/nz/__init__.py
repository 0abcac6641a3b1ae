"""New Zealand: a bank's answer to a complaint before the Banking Ombudsman looks at it."""

NAME_EN = "New Zealand"
NAME_ZH = "新西兰"
CALENDAR = "NZ"
ZONE = "Pacific/Auckland"
