"""The names of the accounts that case money moves between."""

SUSPENSE = "suspense"  # lent or paid while nobody knows yet who bears it
NETWORK = "network"  # owed to us by the card network's settlement
MERCHANT = "merchant"  # a refund that the merchant has posted itself
LOSS = "loss"  # borne by the issuer: written off
CORRECTIONS = "corrections"  # the issuer's own error put right


def cardholder(ref: str) -> str:
    """The cardholder's card account, by the issuer's reference of it."""
    return f"cardholder:{ref}"
