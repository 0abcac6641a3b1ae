"""Australia: internal dispute resolution and the National Credit Code."""

NAME_EN = "Australia"
NAME_ZH = "澳大利亚"
CALENDAR = "AU-NSW"
ZONE = ""  # several zones: the cardholder's own is given with the facts
REGIONS = {state: f"AU-{state}" for state in ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")}
