"""United Kingdom: complaints, payments, consumer credit, arrears and breathing space."""

NAME_EN = "United Kingdom"
NAME_ZH = "英国"
CALENDAR = "UK-ENG"
ZONE = "Europe/London"
REGIONS = {"SCT": "UK-SCT", "NIR": "UK-NIR"}  # bank holidays differ in the parts of the UK
