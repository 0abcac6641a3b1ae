from datetime import date

import pytest

from disputes import evidence, network_codes, reasons

BY = date(2027, 2, 1)
BOUGHT = {"what": "goods", "ordered_on": "2026-10-02", "expected_by": "2026-10-20"}
ASKED = {"contacted_merchant": "yes", "contacted_on": "2026-10-25", "contact_outcome": "no_reply"}
TOLD = {**BOUGHT, **ASKED, "delivery_issue": "never", "story": "Parcel never came."}


def look(reason, answers=(), given=(), network="visa", **options):
    return evidence.gap(
        reasons.get(reason),
        answers=dict(answers),
        given=given,
        network=network,
        filing_by=options.pop("filing_by", BY),
        **options,
    )


def missing(found, needed_for=""):
    return [item.code for item in found.missing(needed_for)]


@pytest.mark.parametrize(
    ("_case", "reason", "answers", "given", "lacks"),
    [
        (
            "nothing given",
            "goods_not_received",
            {},
            [],
            ["what", "ordered_on", "expected_by", "delivery_issue", "contacted_merchant", "story",
             "order_confirmation", "merchant_contact_record"],
        ),
        (
            "the shop was asked, so when and with what outcome",
            "goods_not_received",
            BOUGHT | {"contacted_merchant": "yes"},
            ["receipt"],
            ["delivery_issue", "contacted_on", "contact_outcome", "story",
             "merchant_contact_record"],
        ),
        (
            "the shop cannot be reached: no proof of asking",
            "goods_not_received",
            TOLD | {"contacted_merchant": "not_possible"},
            ["order_confirmation"],
            [],
        ),
        (
            "the shop was not asked",
            "goods_not_received",
            TOLD | {"contacted_merchant": "no"},
            ["order_confirmation"],
            ["merchant_contact_record"],
        ),
        ("all", "goods_not_received", TOLD, ["receipt", "merchant_contact_record"], []),
        ("twin not named", "duplicate", {}, [], ["twin_posting"]),
        ("twin named", "duplicate", {"twin_posting": "TX-2"}, [], []),
        (
            "fraud asks for answers, never for papers",
            "fraud_card_absent",
            {"card_in_possession": True, "block_card": False},
            [],
            ["shared_with", "other_charges_to_list", "last_own_use", "story"],
        ),
        (
            "no other charges is an answer",
            "fraud_card_absent",
            {"card_in_possession": False, "block_card": True, "shared_with": "nobody",
             "other_charges_to_list": [], "last_own_use": "TX-9", "story": "Not me."},
            [],
            [],
        ),
        (
            "one of two papers is enough",
            "cancelled_recurring",
            {"cancelled_on": "2026-09-01", "cancel_target": "account", "contact_way": "mail",
             "story": "I cancelled."},
            ["merchant_contact_record"],
            [],
        ),
        (
            "neither of two papers",
            "cancelled_recurring",
            {"cancelled_on": "2026-09-01"},
            ["photo"],
            ["cancel_target", "contact_way", "story", "cancellation_proof"],
        ),
        ("a fee", "fee_or_interest", {"fee_kind": "late"}, [],
         ["correct_amount", "statement_of", "story"]),
        (
            "what only helps is never owed",
            "credit_not_processed",
            {"credit_expected_on": "2026-09-01", "credit_document": "mail", "story": "Promised."},
            ["credit_slip"],
            [],
        ),
    ],
)  # fmt: skip
def test_gap(_case, reason, answers, given, lacks):
    found = look(reason, answers, given)

    assert missing(found) == lacks
    assert found.complete is (lacks == [])


def test_each_step_names_what_it_waits_for():
    found = look("goods_not_received", {"what": "goods"})

    assert missing(found, "submission") == ["expected_by"]
    assert missing(found, "filing") == [
        "ordered_on",
        "delivery_issue",
        "contacted_merchant",
        "story",
        "order_confirmation",
        "merchant_contact_record",
    ]
    assert missing(found, "decision") == []


def test_each_step_has_its_day():
    found = look("goods_not_received", submit_by=date(2026, 12, 24), decide_by=date(2027, 3, 1))

    days = {item.needed_for: item.by for item in found.items}
    assert days == {"submission": date(2026, 12, 24), "filing": BY, "decision": date(2027, 3, 1)}


@pytest.mark.parametrize(
    ("reason", "network", "switched_on", "step"),
    [
        ("payment_not_credited", "visa", (), "decision"),
        ("goods_not_received", "visa", (), "filing"),
        ("goods_not_received", "unionpay", (), "decision"),
        ("goods_not_received", "unionpay", ("unionpay:4502",), "filing"),
        ("child_purchase", "mastercard", (), "decision"),
    ],
)
def test_without_a_network_the_material_serves_the_decision(reason, network, switched_on, step):
    found = look(reason, network=network, switched_on=switched_on)

    assert {item.needed_for for item in found.missing()} == {"submission", step}


def test_a_group_shows_its_choices_until_one_is_given():
    before = look("goods_not_received").missing("filing")[4]
    after = next(i for i in look("goods_not_received", given=["receipt"]).items if i.one_of)

    assert before.one_of == after.one_of == ("order_confirmation", "receipt")
    assert (before.code, before.status) == ("order_confirmation", "missing")
    assert before.en == "Order confirmation or invoice / Sales slip or receipt"
    assert before.zh == "订单或发票 / 签购单或收据"
    assert (after.code, after.status, after.en) == ("receipt", "given", "Sales slip or receipt")


def test_helpful_and_other_papers_are_shown_and_never_owed():
    found = look("goods_not_received", TOLD, ["receipt", "merchant_contact_record", "photo"])

    papers = {i.code: (i.status, i.needed_for) for i in found.items if i.kind == "document"}
    assert papers == {
        "receipt": ("given", "filing"),
        "merchant_contact_record": ("given", "filing"),
        "delivery_tracking": ("helpful", "decision"),
        "photo": ("given", "decision"),
    }


def test_an_unknown_paper_is_no_evidence():
    assert look("duplicate", given=["poem"]) == look("duplicate")


def test_excused_proof_of_contact_only_helps():
    found = look("goods_not_received", {"contacted_merchant": "forbidden_by_law"})

    record = next(i for i in found.items if i.code == "merchant_contact_record")
    assert (record.status, record.needed_for) == ("helpful", "decision")


def test_the_gap_says_why():
    found = {item.code: item for item in look("goods_not_received").items}

    assert found["what"].why_en == "We need this answer to know what you dispute."
    assert found["story"].why_en == (
        "The card network asks for it; cases like this are lost without it."
    )
    assert found["merchant_contact_record"].why_zh == (
        "卡组织通常要求先与商户协商,否则多数商品与服务争议会被拒绝。"
    )


def test_a_soft_question_is_never_owed():
    found = {item.code: item for item in look("scam_manipulated").items}

    assert found["told_otp"].status == "helpful"


@pytest.mark.parametrize("network", network_codes.NETWORKS)
@pytest.mark.parametrize("code", list(reasons.REASONS))
def test_every_gap_can_be_drawn_and_speaks_both_languages(code, network):
    items = look(code, network=network).items

    assert [i.code for i in items if not (i.en and i.zh and i.why_en and i.why_zh)] == []
    assert len({(i.kind, i.code) for i in items}) == len(items)


def test_checklist():
    assert evidence.checklist(network_codes.code("visa", "13.6")) == (
        "credit or void receipt copy, or merchant's acknowledgement",
    )
