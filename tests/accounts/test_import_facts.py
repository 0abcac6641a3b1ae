import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts import imports
from accounts.models import CardAccount, Cardholder, CardTransaction, Statement

pytestmark = pytest.mark.django_db

OFX = Path(__file__).parent / "data" / "card.ofx"
CARDHOLDER = {
    "kind": "cardholder",
    "external_ref": "C-1",
    "name": "王 😀 שלום",
    "jurisdiction": "us",
}
ACCOUNT = {
    "kind": "account", "external_ref": "A-1", "cardholder": "C-1", "token": "tok_1",
    "last_four": "0004", "network": "visa", "currency": "USD",
}  # fmt: skip
STATEMENT = {
    "kind": "statement", "external_ref": "S-1", "account": "A-1", "closing_on": "2026-03-05",
    "balance_minor": 4999, "currency": "USD",
}  # fmt: skip
TRANSACTION = {
    "kind": "transaction", "external_ref": "T-1", "account": "A-1", "posted_on": "2026-03-01",
    "amount_minor": 4999, "currency": "USD", "merchant_name": '=HYPERLINK("x")', "statement": "S-1",
}  # fmt: skip
CSV = "external_ref,account,posted_on,amount_minor,currency,merchant_name\n"


def run(*files, **options):
    """Press the command's button; what it wrote, and whether it failed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_facts", *map(str, files), stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


@pytest.fixture
def story(tmp_path):
    """A file with one row of each kind."""
    path = tmp_path / "story.jsonl"
    rows = [CARDHOLDER, ACCOUNT, STATEMENT, TRANSACTION]
    path.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


@pytest.fixture
def account(story):
    """The account A-1 and its cardholder, with nothing billed."""
    story.write_text(f"{json.dumps(CARDHOLDER)}\n{json.dumps(ACCOUNT)}\n", "utf-8")
    run(story)
    return CardAccount.objects.get()


@pytest.fixture
def transactions(tmp_path):
    """Write a CSV of transactions: rows below the heading ``CSV``."""

    def write(*rows, heading=CSV, encoding="utf-8", name="transactions.csv"):
        path = tmp_path / name
        path.write_bytes((heading + "\n".join(rows)).encode(encoding))
        return path

    return write


def test_json_lines_bring_every_kind_in(story):
    out, err = run(story)

    assert (out, err) == ("story.jsonl: 4 created, 0 changed, 0 unchanged\n", "")
    row = CardTransaction.objects.get()
    assert row.account.cardholder.name == "王 😀 שלום"
    assert row.statement == Statement.objects.get()
    assert row.merchant_name == '=HYPERLINK("x")'


def test_the_same_file_twice_changes_nothing(story):
    run(story)
    before = list(CardTransaction.objects.values())

    out, _err = run(story)

    assert out == "story.jsonl: 0 created, 0 changed, 4 unchanged\n"
    assert list(CardTransaction.objects.values()) == before


def test_a_dry_run_says_what_would_change_and_keeps_nothing(story):
    out, err = run(story, dry_run=True)

    assert out == "story.jsonl: 4 created, 0 changed, 0 unchanged (dry run: nothing was kept)\n"
    assert err == ""
    assert not Cardholder.objects.exists()


def test_a_dry_run_changes_no_row(story):
    run(story)
    story.write_text(story.read_text("utf-8").replace("4999", "5000"), "utf-8")

    out, _err = run(story, dry_run=True)

    assert out == "story.jsonl: 0 created, 2 changed, 2 unchanged (dry run: nothing was kept)\n"
    assert CardTransaction.objects.get().amount_minor == 4999


@pytest.mark.usefixtures("account")
def test_csv_takes_its_kind_from_its_name(transactions):
    path = transactions(
        'T-1,A-1,2026-03-01,4999,USD,"Café ""Blue"", 2\nfloors"', "T-2,A-1,2026-03-02,-5,USD,"
    )

    out, _err = run(path)

    assert out == "transactions.csv: 2 created, 0 changed, 0 unchanged\n"
    rows = CardTransaction.objects.order_by("external_ref").values_list(
        "merchant_name", "amount_minor"
    )
    assert list(rows) == [('Café "Blue", 2\nfloors', 4999), ("", -5)]


@pytest.mark.usefixtures("account")
def test_csv_takes_its_kind_from_the_command(transactions):
    path = transactions("T-1,A-1,2026-03-01,4999,USD,x", name="export.csv")

    assert run(path)[1].startswith("export.csv: line 1: Say which kind this is: cardholder,")
    assert run(path, kind="transaction")[0] == "export.csv: 1 created, 0 changed, 0 unchanged\n"


def test_csv_may_mix_kinds(transactions):
    path = transactions(
        "cardholder,C-1,Ann,us,,,,,",
        "account,A-1,,,C-1,tok_1,0004,visa,USD",
        heading="kind,external_ref,name,jurisdiction,cardholder,token,last_four,network,currency\n",
    )

    out, _err = run(path)

    assert out == "transactions.csv: 2 created, 0 changed, 0 unchanged\n"
    assert CardAccount.objects.get().cardholder.name == "Ann"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("encoding", "option"), [("utf-8", ""), ("utf-8-sig", ""), ("gb18030", "gb18030")]
)
def test_text_is_utf8_or_the_encoding_that_is_asked_for(transactions, encoding, option):
    path = transactions("T-1,A-1,2026-03-01,4999,USD,海底捞 𠮷野家", encoding=encoding)

    out, _err = run(path, encoding=option)

    assert out == "transactions.csv: 1 created, 0 changed, 0 unchanged\n"
    assert CardTransaction.objects.get().merchant_name == "海底捞 𠮷野家"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("encoding", "option", "sentence"),
    [
        ("gb18030", "", "line 2: This is not utf-8. Say --encoding gb18030 if the file"),
        ("utf-8", "gb18030", "line 2: This is UTF-8, not gb18030: leave --encoding out."),
        ("utf-16", "", "line 1: This is not utf-8."),
    ],
)
def test_a_wrong_encoding_is_named(transactions, encoding, option, sentence):
    path = transactions("T-1,A-1,2026-03-01,4999,USD,海底捞", encoding=encoding)

    _out, err = run(path, encoding=option)

    assert f"transactions.csv: {sentence}" in err
    assert not CardTransaction.objects.exists()


@pytest.mark.usefixtures("account")
def test_bad_rows_are_all_named_and_nothing_is_kept(transactions):
    path = transactions(
        "T-1,A-1,2026-03-01,4999,USD,fine",
        "T-2,A-1,2026-03-01,49.99,USD,x",
        'T-3,A-9,2026-03-01,1,USD,"two\nlines"',
        "T-4,A-1,2026-03-01,1,USD",
        "T-5,A-1,1 March,1,USD,x",
    )

    out, err = run(path)

    assert out == ""
    assert err.splitlines() == [
        "transactions.csv: line 3: amount_minor must be a whole number of minor units"
        " (cents, fen, yen). [amount_unfit]",
        "transactions.csv: line 4: account names none that is known. [account_unknown]",
        "transactions.csv: line 6: There are 5 cells under 6 headings. [cells_unfit]",
        "transactions.csv: line 7: posted_on must be a date such as 2026-03-31. [date_unfit]",
        "transactions.csv: 4 refused; nothing was kept",
        "1 of 1 files failed; nothing of them was kept.",
    ]
    assert not CardTransaction.objects.exists()


@pytest.mark.usefixtures("account")
def test_fifty_bad_rows_are_listed_and_the_rest_counted(transactions):
    path = transactions(*(f"T-{n},A-1,never,1,USD,x" for n in range(60)))

    _out, err = run(path)

    assert err.count("[date_unfit]") == 50
    assert "transactions.csv: and 10 more" in err
    assert "transactions.csv: 60 refused; nothing was kept" in err


@pytest.mark.usefixtures("account")
def test_other_files_go_on(transactions, tmp_path):
    bad = transactions("T-1,A-1,never,1,USD,x", name="transactions-bad.csv")
    good = transactions("T-2,A-1,2026-03-01,1,USD,x", name="transactions-good.csv")

    out, err = run(bad, tmp_path / "nowhere.csv", good)

    assert out == "transactions-good.csv: 1 created, 0 changed, 0 unchanged\n"
    assert "nowhere.csv: cannot be read: No such file or directory" in err
    assert err.endswith("2 of 3 files failed; nothing of them was kept.")
    assert [row.external_ref for row in CardTransaction.objects.all()] == ["T-2"]


@pytest.mark.usefixtures("account")
def test_batches_are_one_transaction(transactions, monkeypatch):
    monkeypatch.setattr(imports, "_BATCH", 2)
    rows = [f"T-{n},A-1,2026-03-01,{n},USD,x" for n in range(5)]

    assert "nothing was kept" in run(transactions(*rows, "T-9,A-1,never,1,USD,x"))[1]
    assert not CardTransaction.objects.exists()
    assert run(transactions(*rows))[0] == "transactions.csv: 5 created, 0 changed, 0 unchanged\n"
    assert CardTransaction.objects.count() == 5


@pytest.mark.usefixtures("account")
def test_a_row_may_repeat_one_above_it(transactions):
    path = transactions("T-1,A-1,2026-03-01,1,USD,x", "T-1,A-1,2026-03-01,2,USD,x")

    out, _err = run(path)

    assert out == "transactions.csv: 1 created, 1 changed, 0 unchanged\n"
    assert CardTransaction.objects.get().amount_minor == 2


@pytest.mark.usefixtures("account")
def test_a_token_that_one_row_gives_up_another_may_take(tmp_path):
    path = tmp_path / "accounts.jsonl"
    second = ACCOUNT | {"external_ref": "A-2"}
    path.write_text(f"{json.dumps(ACCOUNT | {'token': 'tok_9'})}\n{json.dumps(second)}", "utf-8")

    out, _err = run(path)

    assert out == "accounts.jsonl: 1 created, 1 changed, 0 unchanged\n"
    tokens = CardAccount.objects.order_by("external_ref").values_list("token", flat=True)
    assert list(tokens) == ["tok_9", "tok_1"]


@pytest.mark.usefixtures("account")
def test_a_thousand_rows_cost_a_handful_of_reads(transactions, django_assert_max_num_queries):
    path = transactions(*(f"T-{n},A-1,2026-03-01,{n},USD,x" for n in range(1000)))
    run(path)

    with django_assert_max_num_queries(4):
        out, _err = run(path)

    assert out == "transactions.csv: 0 created, 0 changed, 1000 unchanged\n"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "written",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１１１１１１１１１１１１１",
        "4111\u200b11111111\u200b1111",
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        "{},A-1,2026-03-01,1,USD,x",
        "T-1,{},2026-03-01,1,USD,x",
        "T-1,A-1,{},1,USD,x",
        "T-1,A-1,2026-03-01,{},USD,x",
        "T-1,A-1,2026-03-01,1,{},x",
        "T-1,A-1,2026-03-01,1,USD,at {}",
    ],
)
def test_a_full_card_number_is_refused_and_never_shown(transactions, capfd, written, row):
    path = transactions(row.format(written), name="transactions.csv")

    out, err = run(path)

    shown = f"{out}{err}{''.join(capfd.readouterr())}"
    assert "line 2:" in err
    assert "[card_number_refused]" in err
    assert "1111" not in shown
    assert written not in shown
    assert not CardTransaction.objects.exists()


def test_a_card_number_as_a_file_name_or_a_heading_is_not_shown(transactions, capfd):
    path = transactions("1", heading="4111111111111111\n", name="transactions 4111111111111111.csv")

    out, err = run(path)

    assert "transactions [card ••••1111].csv: line 1: The heading of column 1" in err
    assert "4111111111111111" not in f"{out}{err}{''.join(capfd.readouterr())}"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", "", "line 1: There is no heading. [csv_unfit]"),
        ("accounts.csv", "token,token\n", "line 1: Two columns have the same heading. [csv_unfit]"),
        ("accounts.csv", 'token\n"a"b\n', "line 2: This is not CSV. [csv_unfit]"),
        ("x.csv", "kind,token\nshoe,1\n", "line 2: Say which kind this is"),
        ("x.jsonl", "{}\n", "line 1: Say which kind this is"),
        ("x.jsonl", '{"kind": ["account"]}', "line 1: Say which kind this is"),
        ("x.jsonl", "[1]\n", "line 1: This is not a JSON object. [json_unfit]"),
        ("x.jsonl", "\n{'a'}\n", "line 2: This is not a JSON object. [json_unfit]"),
        ("x.jsonl", "[" * 100_000, "line 1: This is not a JSON object. [json_unfit]"),
        ("x.jsonl", "1" * 1_048_577, "line 1: The line is longer than a megabyte. [line_too_long]"),
        ("x.jsonl", '{"kind": "cardholder", "external_ref": "C\\u0000"}', "[nul_refused]"),
        ("x.jsonl", '{"kind": "cardholder", "external_ref": "C\\ud800"}', "[not_text]"),
        ("x.jsonl", '{"kind": "cardholder", "name": "A"}', "line 1: external_ref is required."),
        ("x.jsonl", '{"kind": "statement", "balance_minor": NaN}', "[amount_unfit]"),
        ("x.xlsx", "PK", "the file: Only .csv, .jsonl, .ndjson, .json, .ofx and .qfx files"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_text(content, "utf-8")

    _out, err = run(path)

    assert told in err
    assert err.endswith("1 of 1 files failed; nothing of them was kept.")


@pytest.mark.usefixtures("account")
def test_ofx_charges_are_above_zero_and_keep_the_banks_date():
    out, err = run(OFX)

    assert (out, err) == ("card.ofx: 2 created, 0 changed, 0 unchanged\n", "")
    charge, payment = CardTransaction.objects.order_by("external_ref")
    assert charge.external_ref == "A-1:F-1"
    assert (charge.amount_minor, charge.currency) == (4999, "USD")
    assert (charge.posted_on, charge.transacted_on) == (date(2026, 3, 3), date(2026, 3, 2))
    assert (charge.merchant_name, charge.description) == ("BLUE PINE CAFÉ", "Lunch & tea")
    assert charge.mcc == "5812"
    assert (payment.external_ref, payment.amount_minor) == ("A-1:F-2", -125050)


@pytest.mark.usefixtures("account")
def test_ofx_twice_changes_nothing():
    run(OFX)

    assert run(OFX)[0] == "card.ofx: 0 created, 0 changed, 2 unchanged\n"


@pytest.fixture
def ofx(tmp_path):
    """The sample with something replaced."""

    def write(old, new, *, encoding="cp1252"):
        path = tmp_path / "bank.ofx"
        text = OFX.read_bytes().decode("cp1252")
        assert old in text
        path.write_bytes(text.replace(old, new).encode(encoding))
        return path

    return write


@pytest.mark.usefixtures("account")
def test_ofx_of_another_account_id_needs_the_account_named(ofx):
    path = ofx("tok_1", "XXXX0004")

    assert "the file: No account has this ACCTID" in run(path)[1]
    assert run(path, account="A-9")[1].startswith("bank.ofx: the file: There is no account with")
    assert not CardTransaction.objects.exists()
    assert run(path, account="A-1")[0] == "bank.ofx: 2 created, 0 changed, 0 unchanged\n"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<CURDEF>USD", "<CURDEF>EUR", "the file: CURDEF is not the account's currency."),
        ("<CURDEF>USD", "", "the file: CURDEF is not the account's currency."),
        ("tok_1", "4111111111111111", "the file: ACCTID is a full card number."),
        ("tok_1", "4111-1111-1111-1111", "the file: ACCTID is a full card number."),
        ("F-2", "4111111111111111", "entry 2: external_ref holds a full card number."),
        ("Lunch", "4111 1111 1111 1111", "entry 1: description holds a full card number."),
        ("F-2", "F-1", "entry 2: An entry above has the same FITID."),
        ("<FITID>F-2", "", "the file: An entry has no usable date, amount or FITID."),
        ("-49.99", "lots", "the file: An entry has no usable date, amount or FITID."),
        ("-49.99", "-49.999", "entry 1: The amount is finer than the currency's smallest unit."),
        ("-49.99", "NaN", "entry 1: The amount is finer than the currency's smallest unit."),
        ("20260303000000", "00000000", "the file: An entry has no usable date, amount or FITID."),
        ("CCSTMTRS", "STMTRS", "the file: This is not a credit-card statement."),
        ("<CODE>0", "<CODE>zero", "the file: This OFX file is damaged."),
        ("<OFX>", "<HTML>", "the file: This is not an OFX file."),
        ("ENCODING:USASCII", "ENCODING:KLINGON", "the file: The file's header names an unknown"),
    ],
)
def test_unfit_ofx_is_refused(ofx, capfd, old, new, told):
    out, err = run(ofx(old, new))

    assert f"bank.ofx: {told}" in err
    assert "1111" not in f"{out}{err}{''.join(capfd.readouterr())}"
    assert not CardTransaction.objects.exists()


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("old", "new", "encoding"),
    [
        ("ENCODING:USASCII", "ENCODING:UTF-8", "utf-8"),
        ("CHARSET:1252", "CHARSET:NONE", "utf-8"),
        ("CHARSET:1252", "CHARSET:NONE", "cp1252"),
        ("OFXHEADER:100", '<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
    ],
)
def test_ofx_encodings(ofx, old, new, encoding):
    run(ofx(old, new, encoding=encoding))

    assert CardTransaction.objects.get(mcc="5812").merchant_name == "BLUE PINE CAFÉ"


def test_another_import_meanwhile_is_said(story, monkeypatch):
    def beaten(kind, given):
        raise imports.IntegrityError

    monkeypatch.setattr(imports, "upsert_many", beaten)

    _out, err = run(story)

    assert "story.jsonl: the file: Another import changed the same facts meanwhile." in err
    assert not Cardholder.objects.exists()
