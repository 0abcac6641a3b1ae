"""Card networks: contracts, not law. Each issuer confirms the numbers in its own rule book."""

NAME_EN = "Card networks"
NAME_ZH = "银行卡网络"
CALENDAR = ""
ZONE = ""
