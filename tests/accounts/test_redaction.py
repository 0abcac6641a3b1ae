import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from accounts.redaction import Redacted, holds_card_number, mask, redact

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("4111111111111111", "[card ••••1111]"),
        ("The card is 4111-1111-1111-1111, block it", "The card is [card ••••1111], block it"),
        ("to 6200 0000 0000 0005. Done", "to [card ••••0005]. Done"),
        ("4111.1111.1111.1111", "[card ••••1111]"),
        ("4111 1111-1111.1111", "[card ••••1111]"),
        ("4111,1111,1111,1111", "[card ••••1111]"),
        ("4111 1111\n1111 1111", "[card ••••1111]"),
        ("3782 822463 10005", "[card ••••0005]"),
        ("30569309025904", "[card ••••5904]"),
        ("620550 0000000000004", "[card ••••0004]"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[card ••••1111]"),
        ("卡号６２０５５０００００００００００００４。退一笔", "卡号[card ••••0004]。退一笔"),
        ("4111111111111111".translate(ARABIC_INDIC), "[card ••••1111]"),
        ("4111\u200b1111\u200d1111\ufeff1111", "[card ••••1111]"),
        ("4\u00ad111111111111111", "[card ••••1111]"),
        ("4\ufe0f\u20e31\ufe0f\u20e311 1111 1111 1111", "[card ••••1111]"),
        ("4\u0336111 1111 1111 1111", "[card ••••1111]"),
        ("①111111111111111 4111111111111111", "①111111111111111 [card ••••1111]"),
        ("x4111111111111111y", "x[card ••••1111]y"),
        ("12 4111 1111 1111 1111 99", "12 [card ••••1111] 99"),
        ("4111111111111111, 5500005555555559", "[card ••••1111], [card ••••5559]"),
    ],
)
def test_card_numbers_keep_their_last_four(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "PS my parcel tracking number is 1234567890123456 in case the shop asks.",
        "Charged twice, 86.50 and 86.50 on 3 Nov, USD 1,234,567.89",
        "568.00 568.00 568.00 568.00 568.00 568.00",
        "2026-11-03 2026-11-04 2026-11-05 2026-11-06",
        "on 2026-11-03 at 09:12:00, again 2026/11/04 10:20",
        "20261103091200 and 20261103091200123",
        "工单号213800138000,客服热线 95559,010-66554433,1-866-216-1072",
        "+50000000 points, 12800138000, a13800138000, 138001380001, 13800138000-1",
        "400-820-8888 400-820-8888",
        "complaint CMP-2026-000123, dispute D-7KQ4M-19XZ2-4",
        "retrieval ref 061118220145, ARN 24692163306100000000001",
        "卡尾号4412,工号8821,12期,12378",
        "reason code 4853, authorisation code 482913, zip code 90210, MCC 5411",
        "验证码2026年11月3日没收到",
        "my pin 12.50 was wrong, password reset did not arrive",
        "密码错误3次",
        "order E1234567, flight CZ310, invoice AB123456E",
        "passport in 2024, id number please",
        '=HYPERLINK("http://evil.example/x","Statement") @SUM(1+1)*cmd|\' /C calc\'!A0',
        "أريد تقديم شكوى: خُصم مبلغ 450.00 يوان 😀 مرتين يوم 7 نوفمبر",
        "",
    ],
)
def test_everything_else_survives(text):
    assert redact(text) == Redacted(text, ())


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("身份证复印件11010519491231002X。", "身份证复印件[id ••••002X]。", "id"),
        ("11010519491231002x", "[id ••••002x]", "id"),
        ("110105 19491231 002X", "[id ••••002X]", "id"),
        ("440524188001010014", "[id ••••0014]", "id"),
        ("身份证号码是110105491231002", "身份证号码是[id ••••1002]", "id"),
        ("SSN 123 45 6789", "SSN [id ••••6789]", "id"),
        ("it is 536-90-4399.", "it is [id ••••4399].", "id"),
        ("香港 A123456(3)", "香港 [id ••••4563]", "id"),
        ("HKID: A1234563", "HKID: [id ••••4563]", "id"),
        ("NI AB 12 34 56 C", "NI [id ••••456C]", "id"),
        (
            "my passport number is E12345678 please",
            "my passport number is [id ••••5678] please",
            "id",
        ),
        ("护照号:EA1234567", "护照号:[id ••••4567]", "id"),
        (
            "licence: driving licence MORGA657054SM9IJ",
            "licence: driving licence [id ••••M9IJ]",
            "id",
        ),
        ("DE89 3704 0044 0532 0130 00 thanks", "[iban ••••3000] thanks", "iban"),
        ("gb82west12345698765432", "[iban ••••5432]", "iban"),
    ],
)
def test_identity_numbers_keep_their_last_four(text, masked, kind):
    assert redact(text) == Redacted(masked, (kind,))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人:陈经理 13800138000。", "联系人:陈经理 [phone 138••••8000]。"),
        ("或 138 0013 8000,139-0013-9000", "或 [phone 138••••8000],[phone 139••••9000]"),
        ("把我的号码１３９００１３９０００删掉", "把我的号码[phone 139••••9000]删掉"),
        ("Call +86 138 0013 8000", "Call +86 [phone 138••••8000]"),
        ("8613800138000", "86[phone 138••••8000]"),
        ("or +44 20 7946 0958 now", "or +[phone 442••••0958] now"),
        ("+1 (415) 555-0132", "+[phone 141••••0132]"),
        ("手机13800138000验证码483920", "手机[phone 138••••8000]验证码[removed]"),
    ],
)
def test_telephone_numbers_keep_their_first_three_and_last_four(text, masked):
    told = redact(text)

    assert told.text == masked
    assert "phone" in told.kinds


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231003X",
        "110105194912310020",
        "110105194913310021",
        "A123456(4)",
        "DE89 3704 0044 0532 0130 02",
        "000-12-3456",
    ],
)
def test_identity_numbers_with_a_wrong_check_survive(text):
    assert redact(text) == Redacted(text, ())


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("cvv 123", "cvv [removed]"),
        ("CVV2: 1234.", "CVV2: [removed]."),
        ("the security code is 987", "the security code is [removed]"),
        ("安全码123", "安全码[removed]"),
        ("安全码：１２３", "安全码：[removed]"),
        ("验证码 123456", "验证码 [removed]"),
        ("短信验证码是483920都发过去了", "短信验证码是[removed]都发过去了"),
        ("my code is 482913", "my code is [removed]"),
        ("OTP: 483 920", "OTP: [removed]"),
        ("PIN 1234, changed", "PIN [removed], changed"),
        ("交易密码为123456", "交易密码为[removed]"),
        ("password: hunter2!", "password: [removed]"),
        ("密码是abc123,谢谢", "密码是[removed],谢谢"),
        (
            "G-482913 is your Example Bank verification code",
            "[removed] is your Example Bank verification code",
        ),
        ("483920是验证码", "[removed]是验证码"),
    ],
)
def test_codes_go_entirely(text, masked):
    assert redact(text) == Redacted(masked, ("code",))


def test_expiry_goes_where_a_card_number_stands():
    told = redact("卡号6212345678901232 有效期09/28 安全码123 验证码483920 扣了9,800")

    assert told == Redacted(
        "卡号[card ••••1232] 有效期[removed] 安全码[removed] 验证码[removed] 扣了9,800",
        ("card", "expiry", "code", "code"),
    )
    assert mask("the voucher runs until 09/28") == "the voucher runs until 09/28"


@st.composite
def card_numbers(draw):
    """Numbers that Visa, Mastercard, UnionPay or American Express would issue."""
    prefix, length = draw(
        st.sampled_from([("4", 16), ("4", 13), ("4", 19), ("53", 16), ("2500", 16), ("62", 16)])
        | st.sampled_from([("62", 19), ("37", 15), ("3530", 16)])
    )
    rest = draw(st.text("0123456789", min_size=length, max_size=length))
    body = (prefix + rest)[: length - 1]
    return body + luhn.calc_check_digit(body)


@st.composite
def written_cards(draw):
    """A card number in any groups, divided by one separator, in any digits."""
    number = draw(card_numbers())
    separator = draw(st.sampled_from(["", " ", "-", ".", "  ", " - ", "\u3000", "\u00a0", "–"]))
    cuts = draw(st.lists(st.booleans(), min_size=len(number), max_size=len(number)))
    unseen = draw(st.sampled_from(["", "\u200b", "\u2060", "\u202e", "\x01"]))
    table = draw(st.sampled_from([{}, FULL_WIDTH, ARABIC_INDIC]))
    parts = [
        char + unseen + (separator if cut else "")
        for char, cut in zip(number[:-1], cuts, strict=False)
    ]
    return number, ("".join(parts) + number[-1]).translate(table)


words = st.text(st.characters(exclude_categories=["Nd", "No", "Cs"]), max_size=20)


@settings(deadline=None)
@given(card=written_cards(), before=words, after=words)
def test_no_writing_hides_a_card_number(card, before, after):
    number, written = card

    told = redact(f"{before} x {written} x {after}")

    assert told.text == f"{before} x [card ••••{number[-4:]}] x {after}"
    assert told.kinds == ("card",)


@settings(deadline=None)
@given(number=st.integers(10**12, 10**19 - 1).map(str))
def test_a_number_in_one_piece_is_masked_when_luhn_holds(number):
    assert holds_card_number(f"no. {number}!") == luhn.is_valid(number)


NOISE = (
    "4111111111111111|4111|1111| |-|/|.|\u200b|cvv|code is|验证码|身份证|11010519491231002X|123"
    "|482913|09/28|[|]|•|passport|(|A|DE89370400440532013000|密码:|my |\n|５|is your otp"
    "|536-90-4399|x|,|[card ••••1111]|是|+86 138|13800138000|+44 20 7946 0958|138 0013 "
)
noise = st.lists(st.sampled_from(NOISE.split("|")), max_size=25).map("".join)


@settings(deadline=None)
@given(text=noise | st.text())
def test_masking_twice_changes_nothing(text):
    once = mask(text)

    assert mask(once) == once
    assert not holds_card_number(once)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("11010519491231002X4111111111111111", "[id ••••002X][card ••••1111]"),
        ("4111111111111111cvv123", "[card ••••1111]cvv[removed]"),
        ("passport4111111111111111", "passport[id ••••1111]"),
    ],
)
def test_what_is_glued_together_is_masked_apart(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "unit",
    [
        "4",
        "4111 1111 1111 1111 ",
        " ",
        "4 ",
        "密码",
        "GB82 ",
        "my code ",
        "4\u200b",
        "1234 is the ",
        "138 0013 8000 ",
        "+1 ( ",
    ],
)
def test_the_cost_is_linear(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        begun = time.process_time()
        mask(text)
        return time.process_time() - begun

    small = min(seconds(50_000) for _ in range(3))

    # Eight times the text: a quadratic search would cost sixty-four times as much.
    assert seconds(400_000) < 32 * small + 0.2


@pytest.mark.parametrize(
    ("text", "held", "issued"),
    [
        ("4111111111111111", True, True),
        ("ref-4111111111111111", True, True),
        ("1000000000000008", True, False),
        ("1234567890123456", False, False),
        ("T-1", False, False),
    ],
)
def test_holds_card_number(text, held, issued):
    assert holds_card_number(text) is held
    assert holds_card_number(text, issued_only=True) is issued
