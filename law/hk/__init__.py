"""Hong Kong: complaints to a bank."""

NAME_EN = "Hong Kong"
NAME_ZH = "中国香港"
CALENDAR = "HK"
ZONE = "Asia/Hong_Kong"
