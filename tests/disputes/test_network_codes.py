from collections import Counter

import pytest

from disputes import network_codes, reasons
from disputes.network_codes import CODES, Span
from kernel.errors import Unfit

OFF = {
    "visa:10.5", "visa:13.8",
    "mastercard:4807", "mastercard:4812", "mastercard:4831", "mastercard:4840",
    "mastercard:4841", "mastercard:4842", "mastercard:4846", "mastercard:4849",
    "mastercard:4850", "mastercard:4854", "mastercard:4855", "mastercard:4859",
    "mastercard:4860", "mastercard:4863",
    "unionpay:4502", "unionpay:4507", "unionpay:4508", "unionpay:4512", "unionpay:4514",
    "unionpay:4515", "unionpay:4522", "unionpay:4527", "unionpay:4531", "unionpay:4532",
    "unionpay:4544", "unionpay:4557", "unionpay:4558", "unionpay:4559", "unionpay:4562",
}  # fmt: skip


def keys(code, network, **options):
    found = network_codes.codes_for(reasons.get(code), network, **options)
    return [one.key for one in found]


def test_sixty_codes_are_kept():
    assert Counter(code.network for code in CODES.values()) == {
        "visa": 25,
        "mastercard": 20,
        "unionpay": 15,
    }
    assert network_codes.NETWORKS == ("visa", "mastercard", "unionpay")


def test_what_is_unconfirmed_is_off():
    assert {code.key for code in CODES.values() if not code.enabled} == OFF
    assert {code.confidence for code in CODES.values() if code.enabled} == {"high"}


@pytest.mark.parametrize("network", network_codes.NETWORKS)
@pytest.mark.parametrize("code", list(reasons.REASONS))
def test_off_codes_never_come_by_themselves(code, network):
    assert not OFF & set(keys(code, network))


def test_codes_that_are_on_are_ready_to_file_under():
    for code in CODES.values():
        if code.enabled:
            assert code.filing_limit_days in {75, 90, 120}
            assert code.evidence
            assert code.from_date
            assert code.status == "live"


def test_legacy_codes_name_their_successors():
    legacy = {row.code: row.replaced_by for row in CODES.values() if row.status == "legacy"}

    assert len(legacy) == 11
    assert legacy["4855"] == ("4853",)
    assert legacy["4859"] == ("4853", "4834")
    assert {
        network_codes.code("mastercard", one).enabled for row in legacy.values() for one in row
    } == {True}


@pytest.mark.parametrize(
    ("code", "network", "found"),
    [
        ("goods_not_received", "visa", ["visa:13.1"]),
        ("goods_not_received", "mastercard", ["mastercard:4853"]),
        ("goods_not_received", "unionpay", []),
        ("goods_not_received", "amex", []),
        ("fraud_lost_stolen", "visa", ["visa:10.2", "visa:10.3"]),
        ("fraud_lost_stolen", "mastercard", ["mastercard:4837", "mastercard:4871"]),
        ("addendum", "visa", ["visa:12.5", "visa:13.7"]),
        ("unrecognised", "mastercard", []),
        ("credit_push_refused", "visa", []),
        ("instalment_terms", "mastercard", []),
        ("wrong_account", "visa", ["visa:12.4"]),
        ("wrong_account", "mastercard", []),
        ("invalid_data", "mastercard", []),
        ("child_purchase", "mastercard", []),
        ("fee_or_interest", "visa", []),
    ],
)
def test_codes_for(code, network, found):
    assert keys(code, network) == found


def test_the_issuer_switches_a_code_on():
    assert keys("goods_not_received", "unionpay", switched_on={"unionpay:4502"}) == [
        "unionpay:4502"
    ]
    assert keys("goods_not_received", "unionpay", switched_on={"unionpay:4507"}) == []
    assert keys("wrong_account", "mastercard", switched_on={"mastercard:4834"}) == [
        "mastercard:4834"
    ]


def test_the_desk_may_look_at_what_is_off():
    assert keys("unrecognised", "mastercard", include_off=True) == ["mastercard:4863"]
    assert keys("child_purchase", "mastercard", include_off=True) == ["mastercard:4853"]


def test_code_keeps_its_numbers():
    found = network_codes.code("visa", "13.1")

    assert found.filing_limit_days == 120
    assert found.wait_before_filing == Span(
        15,
        "transaction date if no delivery date given; or return date",
        "MCC 4722: 30 days from merchant's cancellation",
    )
    assert found.cap == Span(540, "transaction processing date")
    assert found.regz_kinds == ("a3",)
    assert found.workflow == "Collaboration"


@pytest.mark.parametrize(("network", "number"), [("visa", "4853"), ("amex", "13.1"), ("", "")])
def test_unknown_code(network, number):
    with pytest.raises(Unfit) as refusal:
        network_codes.code(network, number)

    assert refusal.value.code == "unknown_network_code"
