"""Network stages: whose turn, which rule, and how long a dispute can last."""

import pytest

from law import stages
from law.registry import rule
from law.stages import UnknownCode, UnknownTurn

ROWS = [(network, row) for network in stages.networks() for row in stages.turns(network)]


@pytest.mark.parametrize(
    ("network", "code", "filing", "wait", "workflow"),
    [
        ("visa", "10.4", "NET-VISA-FILE-120D", None, "allocation"),
        ("visa", "11.3", "NET-VISA-FILE-75D", None, "allocation"),
        ("visa", "12.7", "NET-VISA-FILE-75D", None, "collaboration"),
        ("visa", "13.1", "NET-VISA-FILE-120D", "NET-VISA-WAIT-15D", "collaboration"),
        ("visa", "13.2", "NET-VISA-FILE-120D", None, "collaboration"),
        ("Visa", "13.7", "NET-VISA-FILE-120D", "NET-VISA-WAIT-15D", "collaboration"),
        ("mastercard", "4834", "NET-MC-FILE-90D", None, "first_chargeback"),
        ("mastercard", "4853", "NET-MC-FILE-120D", "NET-MC-WAIT-30D", "first_chargeback"),
        ("unionpay", "4515", "DSP-UP-FIRST-CB", None, "first_chargeback"),
    ],
)
def test_code_leads_to_its_rules(network, code, filing, wait, workflow):
    assert stages.filing_rule_for(network, code) == filing
    assert stages.wait_rule_for(network, code) == wait
    assert stages.workflow_of(network, code) == workflow


@pytest.mark.parametrize(
    ("network", "workflow", "stage", "turn", "moves", "rule_id", "silence"),
    [
        ("visa", "Allocation", "submitted", None, "acquirer", "NET-VISA-STAGE-30D", "won"),
        ("visa", "allocation", "in_pre_arbitration", "issuer", "issuer", "NET-VISA-STAGE-30D",
         "lost"),
        ("visa", "allocation", "in_pre_arbitration", "acquirer_files", "acquirer",
         "NET-VISA-ARB-10D", "won"),
        ("visa", "collaboration", "represented", None, "issuer", "NET-VISA-STAGE-30D", "lost"),
        ("visa", "collaboration", "in_pre_arbitration", "acquirer", "acquirer",
         "NET-VISA-STAGE-30D", "won"),
        ("visa", "collaboration", "in_pre_arbitration", "issuer_files", "issuer",
         "NET-VISA-ARB-10D", "lost"),
        ("visa", "collaboration", "in_arbitration", None, "network", None, ""),
        ("mastercard", "First chargeback", "submitted", "acquirer", "acquirer",
         "NET-MC-2PRES-45D", "won"),
        ("mastercard", "first_chargeback", "represented", None, "issuer", "NET-MC-PREARB-45D",
         "lost"),
        ("mastercard", "first_chargeback", "in_pre_arbitration", "acquirer", "acquirer",
         "NET-MC-PREARB-RESP-30D", "won"),
        ("mastercard", "first_chargeback", "in_pre_arbitration", "issuer_files", "issuer",
         "NET-MC-ARB-75D", "lost"),
    ],
)  # fmt: skip
def test_turn_in_a_stage(network, workflow, stage, turn, moves, rule_id, silence):
    row = stages.stage_rule_for(network, workflow, stage, turn)

    assert (row.moves, row.rule_id, row.silence) == (moves, rule_id, silence)


@pytest.mark.parametrize(("network", "row"), ROWS, ids=[f"{n}-{r.stage}-{r.turn}" for n, r in ROWS])
def test_every_turn_points_to_a_rule_that_starts_there(network, row):
    assert row.stage in stages.STAGES
    assert row.wanted
    if row.rule_id is not None:
        one = rule(row.rule_id)
        assert row.starts in (one.starts, *one.or_starts)


@pytest.mark.parametrize("network", stages.networks())
def test_every_code_points_to_rules_that_exist(network):
    module = stages._module(network)

    for code in module.CODES.values():
        assert rule(code.filing).severity == "network"
        assert code.wait is None or rule(code.wait).nature == "wait"


def test_stage_with_several_turns_must_say_which():
    with pytest.raises(UnknownTurn, match="known turns are acquirer, issuer_files"):
        stages.stage_rule_for("visa", "collaboration", "in_pre_arbitration")


@pytest.mark.parametrize(
    ("network", "code", "words"),
    [
        ("visa", "99.9", r'visa has no reason code "99\.9": give one of 10\.1'),
        ("mastercard", "4855", 'no longer uses "4855": use 4853'),
        ("amex", "C08", 'no network "amex": give one of mastercard, unionpay, visa'),
    ],
)
def test_unknown_code_says_what_to_give(network, code, words):
    with pytest.raises(UnknownCode, match=words):
        stages.filing_rule_for(network, code)


def test_longest_course_of_each_workflow():
    allocation = ("NET-VISA-STAGE-30D", "NET-VISA-STAGE-30D", "NET-VISA-ARB-10D")

    assert stages.longest_course("visa", "allocation") == allocation
    assert stages.longest_course("visa", "collaboration") == (allocation[0], *allocation)
