import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from disputes import network_codes, reasons
from disputes.questions import QUESTIONS
from disputes.reasons import REASONS
from kernel.errors import Unfit
from kernel.money import Money

TABLES = [
    REASONS,
    QUESTIONS,
    reasons.FAMILIES,
    reasons.EVIDENCE,
    reasons.SYSTEM_EVIDENCE,
    reasons.DENIAL_REASONS,
    reasons.NEVER_ALONE,
    reasons.NO_NETWORK_RIGHT,
    reasons.OUTCOMES,
    reasons.WITHDRAWAL_CAUSES,
    reasons.WHYS,
]
EACH = pytest.mark.parametrize("reason", REASONS.values(), ids=list(REASONS))


def bad(reason, answers, **options):
    with pytest.raises(Unfit) as refusal:
        reasons.check_answers(reasons.get(reason), answers, **options)
    errors = refusal.value.details["errors"]
    return refusal.value.code, [(one["pointer"], one["code"]) for one in errors]


def test_forty_two_reasons_and_the_credit_record():
    assert len(REASONS) == 43
    assert Counter(reason.family for reason in REASONS.values()) == {
        "fraud": 7,
        "enquiry_first": 1,
        "authorisation": 3,
        "processing": 8,
        "goods_services": 13,
        "cash": 3,
        "issuer_error": 7,
        "other": 1,
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_code_has_words_in_both_languages(table):
    rows = [*table.values()]
    rows += [choice for row in rows for choice in getattr(row, "choices", ())]

    assert [row.code for row in rows if not row.en.strip() or not row.zh.strip()] == []
    assert [row.code for row in rows if "(" in row.zh and ")" not in row.zh] == []
    assert [row.code for row in table.values()] == list(table)


def test_chinese_words_are_chinese():
    rows = [row for table in TABLES for row in table.values()]

    assert [row.code for row in rows if not any("一" <= one <= "鿿" for one in row.zh)] == []


@EACH
def test_every_reason_stands_on_something(reason):
    assert reason.network or reason.regz_kinds or reason.note
    assert reason.department in {"finance", "customer_service"}
    assert reason.picked_by in {"cardholder", "staff", "both"}
    assert reason.family in reasons.FAMILIES
    assert set(reason.regz_kinds) <= {"a1", "a2", "a3", "a4", "a5", "a6", "a7"}


@EACH
def test_every_name_in_a_reason_is_known(reason):
    pairs = {
        network_codes.key(network, code)
        for network, codes in reason.network.items()
        for code in codes
    }
    papers = {kind for group in reason.evidence_needed for kind in group}

    assert pairs <= set(network_codes.CODES)
    assert reason.unconfirmed <= pairs
    assert set(reason.fields) <= set(QUESTIONS)
    assert {one.needed_for for one in reason.answers} <= {"submission", "filing", "decision"}
    assert papers | set(reason.evidence_helpful) <= set(reasons.EVIDENCE)
    assert set(reason.system_collects) <= set(reasons.SYSTEM_EVIDENCE)


def test_every_question_is_asked_and_every_condition_can_come_true():
    asked = {field for reason in REASONS.values() for field in reason.fields}

    assert asked == set(QUESTIONS)
    for question in QUESTIONS.values():
        for governing, wanted in question.when.items():
            assert set(wanted) <= {choice.code for choice in QUESTIONS[governing].choices}


def test_departments():
    elsewhere = {code for code, row in REASONS.items() if row.department != "finance"}

    assert elsewhere == {"document_request", "not_identified", "statement_not_sent"}


def test_only_the_banks_own_errors_are_against_the_issuer():
    assert {code for code, row in REASONS.items() if row.against_issuer} == {
        "instalment_terms",
        "fee_or_interest",
        "payment_not_credited",
        "statement_not_sent",
        "credit_record_entry",
        "not_identified",
        "document_request",
    }


@pytest.mark.parametrize(
    ("code", "answers", "subtype"),
    [
        ("fraud_card_absent", {}, "unauthorised_transaction"),
        ("fraud_application", {}, "unauthorised_transaction"),
        ("scam_manipulated", {}, ""),
        ("goods_not_received", {}, ""),
        ("credit_record_entry", {}, "credit_report"),
        ("fee_or_interest", {}, "fee"),
        ("fee_or_interest", {"fee_kind": "annual"}, "fee"),
        ("fee_or_interest", {"fee_kind": "late"}, "late_fee"),
        ("fee_or_interest", {"fee_kind": "interest"}, "interest"),
    ],
)
def test_subtype(code, answers, subtype):
    assert reasons.subtype(reasons.get(code), answers) == subtype


def test_a_reason_cannot_be_changed():
    reason = reasons.get("duplicate")

    with pytest.raises(AttributeError):
        reason.department = "collections"
    with pytest.raises(TypeError):
        reason.network["visa"] = ()
    with pytest.raises(TypeError):
        REASONS["new"] = reason


def test_get_names_the_near_ones():
    with pytest.raises(Unfit) as refusal:
        reasons.get("duplicat")

    assert refusal.value.code == "unknown_reason"
    assert refusal.value.details == {"near": ["duplicate"]}
    assert refusal.value.sentence == 'There is no reason "duplicat". Did you mean duplicate?'


def test_get_does_not_repeat_a_long_wrong_code():
    with pytest.raises(Unfit) as refusal:
        reasons.get("☃" * 1_000_000)

    assert refusal.value.sentence == f'There is no reason "{"☃" * 60}".'


def test_labels_and_choices_follow_the_reader():
    choices = dict(reasons.choices())

    assert reasons.label("duplicate", "en") == "Charged twice"
    assert reasons.label("duplicate", "zh-hans") == "重复扣款"
    assert reasons.label("gone", "en") == "gone"
    assert list(choices) == list(REASONS)
    with translation.override("zh-hans"):
        assert str(choices["duplicate"]) == "重复扣款"
    with translation.override("en"):
        assert str(choices["duplicate"]) == "Charged twice"


def test_answers_come_back_as_plain_json():
    answers = {
        "what": "goods",
        "expected_by": date(2026, 10, 20),
        "ordered_on": "2026-10-02",
        "contacted_merchant": "",
        "contact_outcome": None,
        "story": "  包裹一直没到 📦  ",
    }

    kept = reasons.check_answers(reasons.get("goods_not_received"), answers, for_submission=True)

    assert kept == {
        "what": "goods",
        "expected_by": "2026-10-20",
        "ordered_on": "2026-10-02",
        "story": "包裹一直没到 📦",
    }
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize(
    ("code", "field", "value", "kept"),
    [
        ("wrong_amount", "correct_amount", Money(1250, "USD"), {"minor": 1250, "currency": "USD"}),
        ("cash_not_dispensed", "cash_received", {"minor": 0, "currency": "JPY"}, None),
        ("duplicate", "twin_posting", "TX-1", None),
        ("duplicate", "story", "Twice at one till.", None),
        ("fraud_card_absent", "card_in_possession", False, None),
        ("fraud_card_absent", "other_charges_to_list", [], None),
        ("fraud_card_absent", "other_charges_to_list", ["TX-1", "TX-2", "TX-1"], ["TX-1", "TX-2"]),
        ("payment_not_credited", "paid_from", "4242", None),
        ("other", "story", "x" * 5_000, None),
        ("quality", "problem", "x" * 2_000, None),
    ],
)
def test_good_answer(code, field, value, kept):
    found = reasons.check_answers(reasons.get(code), {field: value})

    assert found == {field: value if kept is None else kept}


@pytest.mark.parametrize(
    ("code", "field", "value", "error"),
    [
        ("goods_not_received", "what", "car", "not_a_choice"),
        ("goods_not_received", "what", ["goods"], "not_a_choice"),
        ("goods_not_received", "ordered_on", "2026-02-30", "bad_date"),
        ("goods_not_received", "ordered_on", "20261002", "bad_date"),
        ("goods_not_received", "ordered_on", "2026-W40-5", "bad_date"),
        ("goods_not_received", "ordered_on", 20261002, "bad_date"),
        ("goods_not_received", "ordered_on", datetime(2026, 10, 2, tzinfo=UTC), "bad_date"),
        ("goods_not_received", "twin_posting", "TX-1", "not_asked"),
        ("goods_not_received", "colour", "red", "unknown_field"),
        ("fraud_card_absent", "block_card", "yes", "not_a_bool"),
        ("fraud_card_absent", "block_card", 1, "not_a_bool"),
        ("fraud_card_absent", "other_charges_to_list", "TX-1", "bad_postings"),
        ("fraud_card_absent", "other_charges_to_list", ["TX-1"] * 101, "bad_postings"),
        ("fraud_card_absent", "other_charges_to_list", [""], "bad_posting"),
        ("duplicate", "twin_posting", "x" * 65, "bad_posting"),
        ("duplicate", "twin_posting", "TX\n1", "bad_posting"),
        ("duplicate", "twin_posting", 7, "bad_posting"),
        ("other", "story", "x" * 5_001, "too_long"),
        ("other", "story", "a\x00b", "bad_characters"),
        ("other", "story", "a\ud83d", "bad_characters"),
        ("other", "story", {"text": "a"}, "not_a_text"),
        ("quality", "problem", "x" * 2_001, "too_long"),
        ("payment_not_credited", "paid_from", "42424", "too_long"),
        ("wrong_amount", "correct_amount", 1250, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": 1250}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": 12.5, "currency": "USD"}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": True, "currency": "USD"}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": -1, "currency": "USD"}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": 10**15, "currency": "USD"}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": 1, "currency": "usd"}, "bad_money"),
        ("wrong_amount", "correct_amount", {"minor": 1, "currency": 840}, "bad_money"),
    ],
)
def test_bad_answer(code, field, value, error):
    assert bad(code, {field: value}) == ("bad_answer", [(f"/answers/{field}", error)])


def test_every_bad_answer_is_named_at_once():
    assert bad("goods_not_received", {"what": "car", "ordered_on": "soon", "a/b~c": 1}) == (
        "bad_answer",
        [
            ("/answers/what", "not_a_choice"),
            ("/answers/ordered_on", "bad_date"),
            ("/answers/a~1b~0c", "unknown_field"),
        ],
    )


def test_errors_stay_few_and_short():
    _code, errors = bad("duplicate", {f"{n}{'x' * 10_000}": n for n in range(500)})

    assert len(errors) == 20
    assert max(len(pointer) for pointer, _ in errors) == len("/answers/") + 60


@pytest.mark.parametrize("answers", [[], "what", None, 3])
def test_answers_must_be_an_object(answers):
    assert bad("duplicate", answers) == ("bad_answer", [("/answers", "not_an_object")])


def test_a_draft_may_lack_anything():
    assert reasons.check_answers(reasons.get("goods_not_received"), {}) == {}


def test_sending_asks_for_what_is_disputed():
    answers = {"expected_by": " ", "contacted_merchant": "yes"}

    assert bad("goods_not_received", answers, for_submission=True) == (
        "answers_missing",
        [("/answers/what", "missing"), ("/answers/expected_by", "missing")],
    )


def test_missing_answers_are_told_as_questions_in_the_readers_language():
    with translation.override("zh-hans"), pytest.raises(Unfit) as refusal:
        reasons.check_answers(reasons.get("duplicate"), {}, for_submission=True)

    assert refusal.value.details["errors"] == [
        {"pointer": "/answers/twin_posting", "code": "missing", "detail": "两笔中哪一笔是正确的?"}
    ]


@pytest.mark.parametrize(
    ("code", "answers", "field", "applies"),
    [
        ("goods_not_received", {}, "contacted_on", False),
        ("goods_not_received", {"contacted_merchant": "yes"}, "contacted_on", True),
        ("goods_not_received", {"contacted_merchant": "no"}, "contacted_on", False),
        ("defective", {"returned": "returned"}, "returned_on", True),
        ("defective", {"returned": "tried"}, "returned_on", False),
        ("credit_not_processed", {}, "returned_on", True),
        ("cancelled_or_returned", {"returned": "tried"}, "return_refusal_reason", True),
        ("defective", {"returned": "returned", "return_carrier": "ups"}, "tracking_number", True),
        (
            "defective",
            {"returned": "returned", "return_carrier": "in_person"},
            "tracking_number",
            False,
        ),
        (
            "defective",
            {"returned": "not_returned", "return_carrier": "ups"},
            "tracking_number",
            False,
        ),
        ("merchant_failed", {"scheme_answer": "none_exists"}, "scheme_asked_on", False),
    ],
)
def test_a_question_waits_for_the_one_that_governs_it(code, answers, field, applies):
    asked = {one.field for one in reasons.asked(reasons.get(code), answers)}

    assert (field in asked) is applies


def test_pressure_to_withdraw_is_reviewed():
    reviewed = {code for code, cause in reasons.WITHDRAWAL_CAUSES.items() if cause.review}

    assert reviewed == {"asked_by_merchant", "asked_by_staff", "pressured"}


def test_nothing_that_cannot_stand_alone_is_a_ground_of_denial():
    assert not set(reasons.NEVER_ALONE) & set(reasons.DENIAL_REASONS)
    assert len(reasons.NEVER_ALONE) == 5
    assert len(reasons.DENIAL_REASONS) == 11
