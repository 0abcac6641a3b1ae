"""United States: federal rules that bind a card issuer."""

NAME_EN = "United States"
NAME_ZH = "美国"
CALENDAR = "US-FED"
ZONE = ""  # several zones: the cardholder's own is given with the facts
