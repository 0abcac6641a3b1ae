"""India: failed card transactions, unauthorised banking, card conduct and the ombudsman.

The folder's name is a Python word: import its modules with importlib, as the registry does.
"""

NAME_EN = "India"
NAME_ZH = "印度"
CALENDAR = ""
ZONE = "Asia/Kolkata"
REGIONS = {"MH": "IN-MH"}  # banks close as each State announces
