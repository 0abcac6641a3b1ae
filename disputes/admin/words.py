"""What the desk calls the verbs of a claim and of its recovery."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from disputes import reasons
from disputes.outcomes import OUTCOMES
from tickets.desk import history, phrases, words
from tickets.desk.words import Word

CLAIM = {
    "file": Word(_("filed the dispute"), _("File a dispute")),
    "acknowledge": Word(
        _("acknowledged the dispute"),
        _("Acknowledge"),
        _("A letter tells the cardholder that the notice is here and when it will be answered."),
        leads=True,
    ),
    "investigate": Word(
        _("began to investigate"),
        _("Investigate"),
        _("Begin to work on the claim. A case without an owner becomes yours."),
        leads=True,
    ),
    "find": Word(
        _("wrote a finding"),
        _("Add a finding"),
        _("One thing that the investigation established, with the exhibit that shows it."),
    ),
    "ask_cardholder": Word(
        _("asked the cardholder for evidence"),
        _("Ask for evidence"),
        _("The cardholder is asked for what you name. Silence never denies a claim."),
    ),
    "grant_credit": Word(
        _("lent the disputed amount"),
        _("Lend the money"),
        _("A provisional credit until the claim is answered. Above the limit a second person "
          "decides."),
    ),
    "announce_reversal": Word(
        _("announced that a credit is taken back"),
        _("Announce a reversal"),
        _("The cardholder is told the day on which the lent amount is taken back."),
    ),
    "stop_reversal": Word(
        _("stopped the reversal of a credit"),
        _("Stop the reversal"),
        _("The lent amount stays where it is for now."),
    ),
    "reverse_credit": Word(_("took the lent amount back")),
    "resolve": Word(
        _("decided the dispute"),
        _("Decide"),
        _("Answer the statutory question first, then each transaction. The letter leaves by "
          "itself."),
        leads=True,
    ),
    "conclude": Word(_("told the cardholder; the claim is resolved")),
    "stop": Word(
        _("stopped the decision before its letter"),
        _("Stop the decision"),
        _("The letter has not left yet: the claim goes back to investigation."),
        danger=True,
    ),
    "propose": Word(_("proposed it to a second person")),
    "approve": Word(
        _("approved what was proposed"),
        _("Approve"),
        _("What was proposed is carried out at once, in both names."),
        leads=True,
    ),
    "reject": Word(
        _("sent the proposal back"), _("Send back"), _("Nothing has moved; the proposer is told.")
    ),
    "recall": Word(
        _("took the proposal back"), _("Take it back"), _("Your proposal is withdrawn.")
    ),
    "withdraw": Word(
        _("asked to withdraw the dispute"),
        _("Withdraw on behalf"),
        _("For a cardholder who asks for it. It counts after some days and can be undone until "
          "then."),
        danger=True,
    ),
    "undo_withdrawal": Word(
        _("undid the withdrawal"), _("Undo the withdrawal"), _("The claim goes on after all.")
    ),
    "confirm_withdrawal": Word(_("ended the withdrawn claim")),
    "reassert": Word(
        _("asserted the claim again"),
        _("Open the claim again"),
        _("A new round begins; the letters and dates of the old one stay."),
    ),
    "release_hold": Word(_("ended the time to pay")),
    "credit_late": Word(_("credited what came back after the denial")),
    "recall_failed": Word(_("recorded that the network does not let go")),
}  # fmt: skip
RECOVERY = {
    "prepare": Word(
        _("prepared a chargeback"),
        _("Prepare a chargeback"),
        _("Choose a code that this reason may become with the network."),
    ),
    "submit": Word(
        _("submitted the chargeback"),
        _("Submit"),
        _("Tick what is attached: the network refuses an incomplete form."),
    ),
    "record_rejection": Word(
        _("recorded that the network refused the form"),
        _("Form refused"),
        _("A formal error is no loss: mend it and send it again in time."),
    ),
    "record_representment": Word(
        _("recorded the merchant's answer"), _("Merchant answered"), _("It is our turn then.")
    ),
    "record_pre_arbitration": Word(
        _("recorded the acquirer's pre-arbitration"),
        _("Acquirer's pre-arbitration"),
        _("The acquirer attacks: it is our turn to answer."),
    ),
    "answer_pre_arbitration": Word(
        _("answered the pre-arbitration"),
        _("Pre-arbitration declined"),
        _("Whoever was attacked declines; the attacker may ask the network to rule."),
    ),
    "go_pre_arbitration": Word(
        _("went to pre-arbitration"), _("Go to pre-arbitration"), _("We insist on the claim.")
    ),
    "go_arbitration": Word(
        _("asked the network to rule"),
        _("Go to arbitration"),
        _("The network rules; whoever loses bears its fee."),
        danger=True,
    ),
    "record_arbitration": Word(
        _("recorded that the acquirer asked the network to rule"),
        _("Acquirer went to arbitration"),
        _("The network rules."),
    ),
    "accept": Word(
        _("accepted the other side's answer"),
        _("Accept the answer"),
        _("The recovery ends here without money; the cardholder's claim is a question of its "
          "own."),
        danger=True,
    ),
    "record_win": Word(
        _("recorded a win"), _("Won"), _("The network gives back, in full or in part.")
    ),
    "record_loss": Word(
        _("recorded a loss"), _("Lost"), _("The network gives nothing back."), danger=True
    ),
    "time_out_acquirer": Word(_("recorded a win: the merchant's bank let its time pass")),
    "time_out_issuer": Word(_("recorded a loss: we let our time pass")),
    "ask_back": Word(
        _("asked the chargeback back"),
        _("Ask back"),
        _("The network is asked to forget it; it may refuse."),
        danger=True,
    ),
    "record_withdrawal": Word(
        _("recorded that the chargeback ended without a result"),
        _("Ended without result"),
        _("It was never sent, or the network let go."),
        danger=True,
    ),
    "record_refusal": Word(
        _("recorded that the network does not let go"),
        _("Network does not let go"),
        _("The chargeback goes on where it was."),
    ),
}  # fmt: skip
# What the networks' rules want of whose turn it is (law.networks); a test keeps it complete.
WANTED = {
    "send the chargeback": _("send the chargeback"),
    "say whether it lets go": _("say whether it lets go"),
    "accept, or start pre-arbitration": _("accept, or start pre-arbitration"),
    "answer the acquirer's pre-arbitration": _("answer the acquirer's pre-arbitration"),
    "answer the issuer's pre-arbitration": _("answer the issuer's pre-arbitration"),
    "file for arbitration": _("file for arbitration"),
    "accept, or answer with evidence": _("accept, or answer with evidence"),
    "escalate to arbitration": _("escalate to arbitration"),
    "accept, or present a second time": _("accept, or present a second time"),
    "accept, or present again": _("accept, or present again"),
    "answer the second chargeback": _("answer the second chargeback"),
    "accept, or charge back a second time": _("accept, or charge back a second time"),
    "give its ruling": _("give its ruling"),
}
SILENCE = {
    "time_out_acquirer": _("we win"),
    "time_out_issuer": _("we lose the recovery"),
}
TURNS = {
    "issuer": _("ours"), "issuer_files": _("ours: file or let it be"),
    "acquirer": _("the merchant's bank's"),
    "acquirer_files": _("the merchant's bank's: file or let it be"),
    "network": _("the network's"),
}  # fmt: skip
KINDS = {
    "rejected": _("form refused"), "represented": _("merchant answered"),
    "pre_arbitration": _("pre-arbitration"),
    "pre_arbitration_declined": _("pre-arbitration declined"),
    "arbitration": _("arbitration"), "won": _("won"), "lost": _("lost"),
    "recall_accepted": _("asked back: let go"), "recall_refused": _("asked back: refused"),
}  # fmt: skip
_TABLES: tuple[dict[str, Any], ...] = (WANTED, SILENCE)


def read(text: str) -> str | None:
    """A stored phrase of this room: what is wanted, what silence means, which evidence."""
    for table in _TABLES:
        if text in table:
            return str(table[text])
    if text in reasons.WITHDRAWAL_CAUSES:
        return reasons.WITHDRAWAL_CAUSES[text].label()
    codes = text.split(", ")
    if all(code in reasons.EVIDENCE for code in codes):
        return "; ".join(reasons.EVIDENCE[code].label() for code in codes)
    return None


_WHYS = (
    (re.compile(r"unknown kind '(?P<kind>[^']*)'"), _("a kind of news that we do not know")),
    (re.compile(r"no such chargeback"), _("no chargeback has this reference")),
    (re.compile(r"older than version (?P<version>\d+), which is known"),
     _("older than what we know (version %(version)s)")),
    (re.compile(r"in (?P<ours>[A-Z]{3}), the chargeback is in (?P<theirs>[A-Z]{3})"),
     _("in %(ours)s, but the chargeback is in %(theirs)s")),
)  # fmt: skip


def why(text: str) -> str:
    """Why news could not be applied; a refusal reads without its code."""
    for pattern, sentence in _WHYS:
        match = pattern.fullmatch(text)
        if match:
            return str(sentence) % match.groupdict()
    return text.partition(": ")[2] or text


def turn(code: str) -> str:
    """Whose turn it is with the network."""
    return str(TURNS.get(code, "")) if code else ""


def _outcome(facts: dict[str, Any]) -> str:
    return str(dict(OUTCOMES).get(facts.get("outcome", ""), ""))


def _proposed(facts: dict[str, Any]) -> str:
    return str(words.of(f"dispute.{facts.get('verb', '')}").label)


def _evidence(facts: dict[str, Any]) -> str:
    named = facts.get("evidence", ())
    return "; ".join(reasons.EVIDENCE[code].label() for code in named if code in reasons.EVIDENCE)


def _code(facts: dict[str, Any]) -> str:
    return str(facts.get("code", ""))


def _network_reference(facts: dict[str, Any]) -> str:
    return str(facts.get("network_reference", ""))


def _cause(facts: dict[str, Any]) -> str:
    found = reasons.WITHDRAWAL_CAUSES.get(facts.get("cause", ""))
    return found.label() if found else ""


words.add({f"dispute.{verb}": word for verb, word in CLAIM.items()})
words.add({f"chargeback.{verb}": word for verb, word in RECOVERY.items()})
# The leg does not exist before it is prepared: its first button is the claim's.
words.add({"dispute.prepare": RECOVERY["prepare"]})
phrases.teach(read)
history.explain("dispute.resolve", _outcome)
history.explain("dispute.propose", _proposed)
history.explain("dispute.ask_cardholder", _evidence)
history.explain("dispute.withdraw", _cause)
history.explain("chargeback.prepare", _code)
history.explain("chargeback.submit", _network_reference)
