"""The problems that the API answers with: code, status, title and what to do about each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from config.complaint_problems import COMPLAINT_PROBLEMS
from config.problem_shape import ProblemType

_TABLE = (
    # About the request as such.
    ProblemType(
        "not_readable", 400, _("The body cannot be read"),
        _("Send JSON in UTF-8, nested at most twelve levels deep."),
    ),
    ProblemType(
        "idempotency_key_missing", 400, _("Idempotency-Key is missing"),
        _("Send a key of your own with each POST; send the same key when you repeat it."),
    ),
    ProblemType(
        "idempotency_key_unfit", 400, _("Idempotency-Key cannot be used"),
        _("A key has 1 to 128 visible ASCII characters, such as a UUID."),
    ),
    ProblemType(
        "bad_cursor", 400, _("The cursor is none of ours"),
        _("Take next_cursor of the page before, or begin again without a cursor."),
    ),
    ProblemType(
        "bad_limit", 400, _("The limit cannot be used"), _("Ask for 1 to 100 rows a page."),
    ),
    ProblemType(
        "bad_filter", 400, _("A filter cannot be used"),
        _("Look up the values of the filter in the list of parameters."),
    ),
    ProblemType(
        "token_missing", 401, _("A token is needed"),
        _("Send Authorization: Bearer with a token of the identity provider."),
    ),
    ProblemType(
        "token_refused", 401, _("The token is not valid"),
        _("It has ended, is of another issuer, or names nobody: sign in again."),
    ),
    ProblemType(
        "not_allowed", 403, _("You may not do this"),
        _("Cardholders and the issuer's systems each have paths and scopes of their own."),
    ),
    ProblemType(
        "not_found", 404, _("There is no such thing"),
        _("It does not exist, or is not yours: the two read alike."),
    ),
    ProblemType(
        "not_decided", 404, _("There is no answer yet"),
        _("The decision can be read once its letter has left."),
    ),
    ProblemType(
        "method_not_allowed", 405, _("This method is not offered here"),
        _("The Allow header names those that are."),
    ),
    ProblemType(
        "not_acceptable", 406, _("No such representation"), _("Accept application/json."),
    ),
    ProblemType(
        "body_too_large", 413, _("The body is too large"),
        _("A body that is no file may have 1 MB. Send long texts as a file."),
    ),
    ProblemType(
        "unsupported_media_type", 415, _("This content type is not taken"),
        _("Send application/json; files as multipart/form-data or as they are."),
    ),
    ProblemType(
        "validation_failed", 422, _("Some fields cannot be used"),
        _("errors names each field by a JSON Pointer, with a code and a sentence."),
    ),
    ProblemType(
        "idempotency_key_reused", 422, _("The key was used for another request"),
        _("Take a new Idempotency-Key for each new request."),
    ),
    ProblemType(
        "request_in_progress", 409, _("The same request is being worked on"),
        _("Send it again in a moment, with the same key: its answer will be there."),
    ),
    ProblemType(
        "stale_version", 412, _("The case has changed since you read it"),
        _("Read it again; the ETag of this answer is the version that there is now."),
    ),
    ProblemType(
        "precondition_required", 428, _("Say which version you have seen"),
        _("Send the ETag of what you read in If-Match."),
    ),
    ProblemType(
        "rate_limited", 429, _("Too many requests"), _("Wait as long as Retry-After says."),
    ),
    ProblemType(
        "server_error", 500, _("Something went wrong here"),
        _("We have been told. Nothing was changed; you may send it again. Name the request_id."),
    ),
    ProblemType(
        "identity_provider_silent", 503, _("Nobody can be signed in just now"),
        _("The identity provider does not answer. Try again in a while."),
    ),
    ProblemType(
        "scanner_silent", 503, _("Files cannot be checked just now"),
        _("The virus scanner does not answer, and nothing is taken unscanned. Try again."),
    ),
    # About what is disputed.
    ProblemType(
        "unknown_reason", 422, _("There is no such reason"), _("GET /api/v1/reasons lists them."),
    ),
    ProblemType(
        "bad_answer", 422, _("Some answers cannot be used"),
        _("errors names each of them; /reasons says what each question takes."),
    ),
    ProblemType(
        "answers_missing", 422, _("Some answers are needed before it can be sent"),
        _("Only these few block a dispute; documents never do. A draft may lack anything."),
    ),
    ProblemType(
        "unknown_transaction", 422, _("No such transaction on your accounts"),
        _("Take the reference from GET /api/v1/transactions."),
    ),
    ProblemType(
        "unknown_account", 422, _("No such account of yours"),
        _("Take the account's reference from a transaction or statement."),
    ),
    ProblemType(
        "no_transaction", 422, _("Name what you dispute"),
        _("Only errors of the bank's own books need no transaction."),
    ),
    ProblemType(
        "same_transaction_twice", 422, _("A transaction is named twice"),
        _("Name each transaction once, with the whole amount that you dispute."),
    ),
    ProblemType(
        "several_accounts", 422, _("The transactions are of several accounts"),
        _("File one dispute for each account."),
    ),
    ProblemType(
        "too_many_items", 422, _("Too many transactions"), _("One dispute may name fifty."),
    ),
    ProblemType(
        "wrong_currency", 422, _("The transaction is in another currency"),
        _("Dispute it in the currency in which it was posted."),
    ),
    ProblemType(
        "not_disputable", 422, _("This entry cannot be disputed"),
        _("It gave you money. Write to us if something about it is wrong."),
    ),
    ProblemType(
        "amount_not_above_zero", 422, _("The amount is not above zero"),
        _("Give the disputed part in minor units of the currency."),
    ),
    ProblemType(
        "amount_exceeds_transaction", 422, _("The amount is above the transaction's"),
        _("Dispute at most what was charged."),
    ),
    ProblemType(
        "amount_exceeds_rest", 422, _("The amount is above what is left"),
        _("Part of it was given back already: dispute the rest."),
    ),
    ProblemType(
        "duplicate_dispute", 409, _("This transaction is disputed already"),
        _("existing names the case: add to it, or wait for its answer."),
    ),
    ProblemType(
        "received_in_future", 422, _("A notice cannot be received in the future"),
        _("Give the instant at which it came in."),
    ),
    ProblemType(
        "too_many_drafts", 409, _("There are as many drafts as one may have"),
        _("Send or delete one of them first."),
    ),
    # About a case.
    ProblemType(
        "not_now", 409, _("This cannot be done now"),
        _("actions of the case names what can."),
    ),
    ProblemType(
        "act_forbidden", 409, _("The law or an open case forbids this now"),
        _("Leave the disputed amount alone until the restrictions named here have ended."),
    ),
    ProblemType(
        "case_closed", 409, _("The case is closed"), _("Ask for it to be opened again first."),
    ),
    ProblemType(
        "nothing_denied", 409, _("Nothing was denied"),
        _("There is nothing to object to. Write to us if something is wrong."),
    ),
    ProblemType(
        "reopening_window_over", 409, _("The time to object is over"),
        _("You may complain about how the case was handled."),
    ),
    ProblemType(
        "bad_cause", 422, _("There is no such cause"), _("Choose one of the list."),
    ),
    ProblemType(
        "unknown_message", 422, _("There is no such message in this case"),
        _("Take the reference from the list of messages, or leave in_reply_to out."),
    ),
    ProblemType("text_empty", 422, _("There is no text"), _("Write something first.")),
    ProblemType(
        "text_too_long", 422, _("The text is too long"), _("Send the rest as a file."),
    ),
    ProblemType(
        "text_not_clean", 422, _("The text holds characters that no text has"),
        _("Leave out NUL and half characters (lone surrogates)."),
    ),
    # About files.
    ProblemType(
        "file_missing", 422, _("There is no file"),
        _("Send it as the part “file” of a form, or as the body with its Content-Type."),
    ),
    ProblemType("file_empty", 422, _("The file is empty"), _("Send it again.")),
    ProblemType(
        "file_too_large", 413, _("The file is too large"), _("Make it smaller, or send parts."),
    ),
    ProblemType(
        "file_type_refused", 415, _("Files of this kind are not taken"),
        _("Send a PDF, JPEG, PNG, HEIC or plain text file."),
    ),
    ProblemType(
        "file_type_lies", 415, _("The file is not what it says it is"),
        _("Its name, its Content-Type and its bytes must agree: save it again."),
    ),
    ProblemType("malware", 422, _("The file holds malware"), _("It was not kept.")),
    ProblemType(
        "evidence_limit_reached", 409, _("The case has as many files as one may have"),
        _("Say in a message what else you have."),
    ),
    ProblemType(
        "unknown_evidence", 422, _("There is no such kind of evidence"),
        _("GET /api/v1/reasons lists them."),
    ),
    # About facts of the issuer's systems.
    ProblemType(
        "card_number_refused", 422, _("A full card number was sent"),
        _("Send a token and the last four digits instead. Nothing was stored."),
    ),
    ProblemType(
        "event_id_reused", 422, _("This event id was used for other news"),
        _("An event's id and content belong together."),
    ),
    ProblemType(
        "unknown_act", 422, _("There is no such act"), _("Ask about one of the acts named here."),
    ),
    ProblemType(
        "not_an_object", 422, _("The body is not an object"), _("Send one JSON object."),
    ),
    ProblemType(
        "contradicts_path", 422, _("Body and path differ"),
        _("What the path says, the body may leave out or repeat."),
    ),
    *(
        ProblemType(code, 422, title, _("errors names the field. Nothing was stored."))
        for code, title in (
            ("field_unknown", _("There is no such field")),
            ("required", _("A field is required")),
            ("not_text", _("A field must be text")),
            ("nul_refused", _("A text holds a NUL byte")),
            ("too_long", _("A text is too long")),
            ("amount_unfit", _("An amount is no whole number of minor units")),
            ("country_unfit", _("A country code cannot be used")),
            ("currency_unknown", _("There is no such currency")),
            ("currency_mismatch", _("The currency is not the account's")),
            ("cycle_day_unfit", _("A day of the month cannot be used")),
            ("date_unfit", _("A date cannot be used")),
            ("dates_disordered", _("Dates are out of order")),
            ("email_unfit", _("An e-mail address cannot be used")),
            ("flag_unfit", _("A field must be true or false")),
            ("jurisdiction_unfit", _("A jurisdiction cannot be used")),
            ("kind_unknown", _("There is no such kind of account")),
            ("language_unknown", _("Letters are not written in this language")),
            ("last_four_unfit", _("The last four digits cannot be used")),
            ("mcc_unfit", _("A merchant category code cannot be used")),
            ("network_unknown", _("There is no such card network")),
            ("preferred_channel_unknown", _("There is no such channel")),
            ("region_unfit", _("A part of a jurisdiction cannot be used")),
            ("time_zone_unknown", _("There is no such time zone")),
            ("original_incomplete", _("The original amount is incomplete")),
            ("belongs_elsewhere", _("This row belongs to another")),
            ("cardholder_unknown", _("There is no such cardholder")),
            ("account_unknown", _("There is no such account")),
            ("statement_unknown", _("The account has no such statement")),
            ("token_taken", _("The token belongs to another account")),
            ("closing_on_taken", _("Another statement closes on that day")),
        )
    ),
)  # fmt: skip
PROBLEM_TYPES = {row.code: row for row in (*_TABLE, *COMPLAINT_PROBLEMS)}
