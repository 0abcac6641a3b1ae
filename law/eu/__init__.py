"""European Union: payment services, as the member states have taken the directive over."""

NAME_EN = "European Union"
NAME_ZH = "欧盟"
CALENDAR = "TARGET"  # a provider may close on its own country's holidays instead: see REGIONS
ZONE = ""  # several zones: the cardholder's own is given with the facts
_STATES = (
    "BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH",
)  # fmt: skip
REGIONS = {name: name for name in ("IE", "FR", "DE", *(f"DE-{state}" for state in _STATES))}
