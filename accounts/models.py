"""Facts from the issuer's systems: who holds which account, what was billed and what was charged.

Nothing here is decided by the desk, so nothing here has states. Rows come and change only by the
upserts of ``accounts.services``; a card number is in none of them, only a token and four digits.
"""

from __future__ import annotations

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.money import Money

_CURRENCY = RegexValidator(r"\A[A-Z]{3}\Z", _("An ISO 4217 code, such as USD."))
_FOUR_DIGITS = RegexValidator(r"\A[0-9]{4}\Z", _("Exactly four digits."))
_COUNTRY = RegexValidator(r"\A[A-Z]{2}\Z", _("An ISO 3166 code of two letters, such as US."))
_REGION = RegexValidator(
    r"\A([A-Z0-9]{2,3}(-[A-Z0-9]{1,3})?)?\Z", _("A part as in ISO 3166-2, such as SCT.")
)
_JURISDICTION = RegexValidator(r"\A[a-z]{2}\Z", _("Two small letters, such as us."))


def validate_time_zone(name: str) -> None:
    """Accept the names of the IANA database only: the law counts days in this zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Not a time zone of the IANA database."), code="time_zone_unknown")


class Fact(models.Model):
    """A row that mirrors the issuer's systems."""

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Cardholder(Fact):
    """A person whom a case may belong to; ``external_ref`` is the issuer's own customer id.

    ``jurisdiction`` names the law (``us``, ``gb``, ``eu``); ``region`` the part whose business days
    count where they differ: ``SCT``, ``NSW``, in the Union the country (``DE``, ``DE-BY``).
    """

    class Language(models.TextChoices):
        """The languages that letters are written in."""

        EN = "en", _("English")
        ZH_HANS = "zh-hans", _("Simplified Chinese")

    class Channel(models.TextChoices):
        """How letters reach the person."""

        EMAIL = "email", _("e-mail")
        POST = "post", _("post")

    external_ref = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, choices=Language.choices, default=Language.EN)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    jurisdiction = models.CharField(max_length=2, validators=[_JURISDICTION])
    region = models.CharField(
        max_length=7, blank=True, default="", db_default="", validators=[_REGION]
    )
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True)
    preferred_channel = models.CharField(
        max_length=8, choices=Channel.choices, default=Channel.EMAIL
    )
    vulnerable = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("cardholder")
        verbose_name_plural = _("cardholders")
        ordering = ["external_ref"]
        constraints = [
            models.CheckConstraint(condition=~Q(external_ref=""), name="cardholder_has_ref"),
            models.CheckConstraint(
                condition=Q(language__in=["en", "zh-hans"]), name="cardholder_language_known"
            ),
            models.CheckConstraint(
                condition=Q(preferred_channel__in=["email", "post"]),
                name="cardholder_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(jurisdiction__regex=r"\A[a-z]{2}\Z"),
                name="cardholder_jurisdiction_shape",
            ),
            models.CheckConstraint(condition=~Q(time_zone=""), name="cardholder_has_zone"),
        ]

    def __str__(self) -> str:
        return self.external_ref

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which the law counts this person's days."""
        return zoneinfo.ZoneInfo(self.time_zone)


class CardAccount(Fact):
    """A card account: the issuer's token for the card and its last four digits, never the number.

    ``cycle_day`` is the day of the month on which statements close (1 to 31; the last day of a
    shorter month); ``None`` when the account is billed by some other rhythm.
    """

    class Kind(models.TextChoices):
        """What law the account is under: credit, or money that the holder has."""

        CREDIT = "credit", _("credit card")
        DEBIT = "debit", _("debit card")
        PREPAID = "prepaid", _("prepaid card")

    class Network(models.TextChoices):
        """Whose rules a chargeback follows."""

        VISA = "visa", "Visa"
        MASTERCARD = "mastercard", "Mastercard"
        UNIONPAY = "unionpay", "UnionPay"
        AMEX = "amex", "American Express"
        OTHER = "other", _("other")

    external_ref = models.CharField(max_length=64, unique=True)
    cardholder = models.ForeignKey(Cardholder, on_delete=models.PROTECT, related_name="accounts")
    token = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4, validators=[_FOUR_DIGITS])
    kind = models.CharField(
        max_length=7, choices=Kind.choices, default=Kind.CREDIT, db_default=Kind.CREDIT
    )
    network = models.CharField(max_length=10, choices=Network.choices)
    currency = models.CharField(max_length=3, validators=[_CURRENCY])
    product = models.CharField(max_length=100, blank=True)
    cycle_day = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("card account")
        verbose_name_plural = _("card accounts")
        ordering = ["external_ref"]
        indexes = [models.Index(fields=["last_four"], name="account_last_four")]
        constraints = [
            models.CheckConstraint(condition=~Q(external_ref=""), name="account_has_ref"),
            models.CheckConstraint(condition=~Q(token=""), name="account_has_token"),
            models.CheckConstraint(
                condition=Q(last_four__regex=r"\A[0-9]{4}\Z"), name="account_last_four_digits"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["credit", "debit", "prepaid"]), name="account_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(network__in=["visa", "mastercard", "unionpay", "amex", "other"]),
                name="account_network_known",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"\A[A-Z]{3}\Z"), name="account_currency_shape"
            ),
            models.CheckConstraint(
                condition=Q(cycle_day=None) | Q(cycle_day__range=(1, 31)),
                name="account_cycle_day_of_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_ref} ••••{self.last_four}"


class Statement(Fact):
    """A bill: what was owed when the cycle closed. Amounts are minor units of ``currency``.

    ``balance_minor`` is below zero when the issuer owes the cardholder. ``transmitted_on`` is the
    day on which it was sent: the time to dispute runs from it.
    """

    account = models.ForeignKey(CardAccount, on_delete=models.PROTECT, related_name="statements")
    external_ref = models.CharField(max_length=64)
    closing_on = models.DateField()
    transmitted_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    balance_minor = models.BigIntegerField()
    minimum_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, validators=[_CURRENCY])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["account_id", "closing_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_ref"], name="statement_ref_once_an_account"
            ),
            models.UniqueConstraint(
                fields=["account", "closing_on"], name="statement_closes_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(external_ref=""), name="statement_has_ref"),
            models.CheckConstraint(
                condition=Q(transmitted_on=None) | Q(transmitted_on__gte=F("closing_on")),
                name="statement_sent_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("closing_on")),
                name="statement_due_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(minimum_minor__gte=0), name="statement_minimum_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"\A[A-Z]{3}\Z"), name="statement_currency_shape"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_ref} ({self.closing_on:%Y-%m-%d})"

    @property
    def balance(self) -> Money:
        """What was owed when the cycle closed."""
        return Money(self.balance_minor, self.currency)

    @property
    def minimum(self) -> Money:
        """The least that had to be paid by ``due_on``."""
        return Money(self.minimum_minor, self.currency)


class CardTransaction(Fact):
    """A posted charge (above zero) or credit (below zero), in minor units of ``currency``.

    ``external_ref`` is the issuer's own id; ``network_reference`` is the network's (an acquirer
    reference number or the like). ``original_amount_minor`` is what the terminal showed, where
    the purchase was in another currency.
    """

    account = models.ForeignKey(CardAccount, on_delete=models.PROTECT, related_name="transactions")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="transactions", null=True, blank=True
    )
    external_ref = models.CharField(max_length=200, unique=True)
    network_reference = models.CharField(max_length=64, blank=True, db_index=True)
    posted_on = models.DateField()
    processing_on = models.DateField(null=True, blank=True)
    transacted_on = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, validators=[_CURRENCY])
    original_amount_minor = models.BigIntegerField(null=True, blank=True)
    original_currency = models.CharField(max_length=3, blank=True, validators=[_CURRENCY])
    merchant_name = models.CharField(max_length=200, blank=True)
    mcc = models.CharField(max_length=4, blank=True, validators=[_FOUR_DIGITS])
    country = models.CharField(max_length=2, blank=True, validators=[_COUNTRY])
    description = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("card transaction")
        verbose_name_plural = _("card transactions")
        ordering = ["-posted_on", "-id"]
        indexes = [
            models.Index(fields=["account", "-posted_on", "-id"], name="transaction_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(external_ref=""), name="transaction_has_ref"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"\A[A-Z]{3}\Z"), name="transaction_currency_shape"
            ),
            models.CheckConstraint(
                condition=Q(original_amount_minor=None, original_currency="")
                | Q(original_amount_minor__isnull=False, original_currency__regex=r"\A[A-Z]{3}\Z"),
                name="transaction_original_whole",
            ),
            models.CheckConstraint(
                condition=Q(mcc="") | Q(mcc__regex=r"\A[0-9]{4}\Z"), name="transaction_mcc_shape"
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"\A[A-Z]{2}\Z"),
                name="transaction_country_shape",
            ),
        ]

    def __str__(self) -> str:
        return self.external_ref

    @property
    def amount(self) -> Money:
        """Above zero: charged to the cardholder. Below zero: given back."""
        return Money(self.amount_minor, self.currency)

    @property
    def original_amount(self) -> Money | None:
        """What the terminal showed, where that was another currency."""
        if self.original_amount_minor is None:
            return None
        return Money(self.original_amount_minor, self.original_currency)
