"""Mainland China: banking complaints, credit records and personal information."""

NAME_EN = "Mainland China"
NAME_ZH = "中国大陆"
CALENDAR = "CN"
ZONE = "Asia/Shanghai"
