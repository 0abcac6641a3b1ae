"""Filing, waiting and answering with the networks, beyond the worked cases."""

from datetime import date

import pytest

from law.deadlines import Facts, deadlines

PROCESSED = date(2026, 1, 15)


def run(network, code, **values):
    facts = {"network": network, "network_code": code, **values}
    dues, unknown = deadlines(Facts("us", "dispute", facts))
    return {due.rule_id: due for due in dues}, unknown


def test_no_filing_clock_before_a_code_is_chosen():
    facts = Facts("us", "dispute", {"network": "visa", "processing_on": PROCESSED})

    assert deadlines(facts) == ([], [])


def test_unknown_code_is_said_on_the_case():
    dues, unknown = run("visa", "99.9", processing_on=PROCESSED)

    assert dues == {}
    assert {one.rule_id for one in unknown} == {
        "NET-VISA-FILE-120D", "NET-VISA-FILE-75D", "NET-VISA-WAIT-15D",
    }  # fmt: skip
    assert 'no reason code "99.9"' in unknown[0].why


@pytest.mark.parametrize(("network", "code"), [("visa", "13.1"), ("mastercard", "4853")])
def test_cap_stops_a_late_delivery_date(network, code):
    expected = date(2027, 6, 1)

    dues, _ = run(network, code, processing_on=PROCESSED, expected_on=expected)

    (filing,) = [due for due in dues.values() if due.key == "file_with_network"]
    assert filing.due_on == filing.latest_on == date(2027, 7, 9)
    assert "never later than 2027-07-09" in filing.trace[-1].en


@pytest.mark.parametrize(("network", "code"), [("visa", "13.1"), ("mastercard", "4853")])
def test_delivery_date_before_processing_changes_nothing(network, code):
    dues, _ = run(network, code, processing_on=PROCESSED, expected_on=date(2026, 1, 2))

    (filing,) = [due for due in dues.values() if due.key == "file_with_network"]
    assert filing.starts_on == PROCESSED


@pytest.mark.parametrize(
    ("code", "values", "first"),
    [
        ("13.1", {}, date(2026, 1, 30)),
        ("13.1", {"transaction_on": date(2026, 1, 12)}, date(2026, 1, 27)),
        ("13.1", {"mcc": "4722", "merchant_cancelled_on": date(2026, 2, 1)}, date(2026, 3, 3)),
        ("13.1", {"mcc": "5732", "merchant_cancelled_on": date(2026, 2, 1)}, date(2026, 2, 16)),
        ("13.6", {"credit_promised_on": date(2026, 2, 1)}, date(2026, 2, 16)),
        ("13.3", {"returned_on": date(2026, 4, 30)}, date(2026, 5, 15)),
        ("13.3", {"returned_on": date(2026, 5, 1)}, date(2026, 5, 1)),
    ],
)
def test_visa_waits(code, values, first):
    dues, _ = run("visa", code, processing_on=PROCESSED, **values)

    assert dues["NET-VISA-WAIT-15D"].first_allowed_on == first
    assert dues["NET-VISA-WAIT-15D"].due_on is None


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("13.1", {"expected_on": date(2026, 2, 1)}),
        ("13.3", {}),
        ("13.7", {"returned_on": date(2026, 2, 1), "goods_refused": True}),
        ("13.2", {}),
    ],
)
def test_visa_does_not_wait(code, values):
    dues, _ = run("visa", code, processing_on=PROCESSED, **values)

    assert "NET-VISA-WAIT-15D" not in dues


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({"reason": "goods_not_received"}, True),
        ({"reason": "not_as_described"}, False),
        ({"reason": "goods_not_received", "merchant_closed": True}, False),
        ({"reason": "services_not_provided", "expected_on": date(2026, 2, 1)}, False),
    ],
)
def test_mastercard_waits_only_for_goods_without_a_date(values, waits):
    dues, _ = run("mastercard", "4853", processing_on=PROCESSED, **values)

    assert ("NET-MC-WAIT-30D" in dues) is waits


SENT, ANSWERED, ASKED = date(2026, 3, 2), date(2026, 3, 20), date(2026, 4, 10)


@pytest.mark.parametrize(
    ("code", "values", "rule_id", "due_on", "binds"),
    [
        ("13.1", {}, "NET-VISA-STAGE-30D", date(2026, 4, 1), "merchant"),
        ("13.1", {"represented_on": ANSWERED}, "NET-VISA-STAGE-30D", date(2026, 4, 19), "issuer"),
        ("13.1", {"represented_on": ANSWERED, "pre_arbitration_on": ASKED},
         "NET-VISA-STAGE-30D", date(2026, 5, 10), "merchant"),
        ("13.1", {"pre_arbitration_answered_on": ASKED}, "NET-VISA-ARB-10D", date(2026, 4, 20),
         "issuer"),
        ("10.4", {"pre_arbitration_on": ASKED}, "NET-VISA-STAGE-30D", date(2026, 5, 10),
         "issuer"),
        ("10.4", {"pre_arbitration_answered_on": ASKED}, "NET-VISA-ARB-10D", date(2026, 4, 20),
         "merchant"),
    ],
)  # fmt: skip
def test_visa_stage_binds_whoever_moves_next(code, values, rule_id, due_on, binds):
    dues, _ = run("visa", code, submitted_on=SENT, **values)

    assert list(dues) == [rule_id]
    assert (dues[rule_id].due_on, dues[rule_id].binds) == (due_on, binds)


def test_networks_keep_to_their_own_stages():
    dues, _ = run("mastercard", "4837", submitted_on=SENT)

    assert list(dues) == ["NET-MC-2PRES-45D"]
