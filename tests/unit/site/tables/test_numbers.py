import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responder.domain.people import Way
from responder.site.tables.numbers import Number, Unusable, numbers_in, region_of
from responder.site.tables.ways import fax, mobile, unit_way, way


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("13800138000", "+8613800138000"),
        ("１３８－００１３－８０００", "+8613800138000"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0086 13800138000", "+8613800138000"),
        ("86-13800138000", "+8613800138000"),
        ("021-50001111", "+862150001111"),
        ("(021) 5000 1111", "+862150001111"),
        ("2150001111", "+862150001111"),  # a spreadsheet dropped the 0
        ("电话：021-50001111", "+862150001111"),
        ("+852 5123 4567", "+85251234567"),
        ("400-888-8888", "+864008888888"),
    ],
)
def test_a_number_is_brought_to_e164(written, dialled):
    """However a number is written, it is dialled in one way."""
    assert [one.to for one in numbers_in(written, "CN")] == [dialled]


@pytest.mark.parametrize(
    "written",
    [
        "13800138000;13900139000",
        "13800138000；13900139000",
        "13800138000、13900139000",
        "13800138000/13900139000",
        "13800138000\n13900139000",
        "13800138000 13900139000",
        "13800138000,13900139000, 13800138000",
    ],
)
def test_two_numbers_in_a_cell(written):
    """Whatever stands between them, there are two numbers, each once."""
    assert [one.to for one in numbers_in(written, "CN")] == ["+8613800138000", "+8613900139000"]


@pytest.mark.parametrize(
    "written",
    ["021-5000 1111转8023", "02150001111 ext. 8023", "021-50001111-8023", "021-50001111#8023"],
)
def test_an_extension_is_worked_by_a_human(written):
    """No machine gets through a switchboard: the line is by hand, with what to ask for."""
    assert mobile(written, "CN") == (Way("by_hand", "+862150001111", "phone", "转8023"),)


def test_a_short_number_is_worked_by_a_human():
    """A number within the house, or a hotline, is no E.164 and stays as it is."""
    assert numbers_in("8023、12386", "CN") == [
        Number("8023", is_short=True),
        Number("12386", is_short=True),
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1380013800", "不是有效的电话号码"),
        ("138001380000", "不是有效的电话号码"),
        ("见附件", "不是有效的电话号码"),
        ("021-50001111/12", "只有尾数"),
        ("1.38E+10", "科学计数"),
    ],
)
def test_what_is_no_number_is_refused(written, why):
    """A wrong number is never passed on, and the reason is said."""
    with pytest.raises(Unusable) as refused:
        numbers_in(written, "CN")
    assert why in refused.value.what.zh
    assert refused.value.mend.zh
    assert refused.value.mend.en


def test_numbers_are_those_of_the_firms_region():
    """A Hong Kong firm writes its own numbers without +852."""
    assert region_of("Asia/Hong_Kong") == "HK"
    assert region_of("Asia/Shanghai") == region_of("Nowhere/At_All") == "CN"
    assert [one.to for one in numbers_in("5123 4567", "HK")] == ["+85251234567"]


@given(st.text(max_size=30))
@example("转1")
@example("-")
def test_nothing_that_is_written_breaks_it(written):
    """Every text is numbers, or refused with a reason; what is dialled holds figures alone."""
    try:
        found = numbers_in(written, "CN")
    except Unusable:
        return
    assert all(one.to.removeprefix("+").isdigit() for one in found)


def test_what_a_fax_and_a_unit_are_reached_by():
    """A fax and a related unit are worked by people, whatever the cell mixes."""
    assert fax("传真：021-50002222", "CN") == (Way("by_hand", "+862150002222", "fax"),)
    assert unit_way("010-66210182、12386；传真 010-66210183\nduty@example.org", "CN") == (
        Way("by_hand", "+861066210182", "phone"),
        Way("by_hand", "12386", "phone"),
        Way("by_hand", "+861066210183", "fax"),
        Way("email", "duty@example.org"),
    )


def test_a_mobile_number_takes_texts_and_a_landline_does_not():
    """Only what takes SMS is sent any."""
    assert mobile("13800138000", "CN") == (
        Way("voice", "+8613800138000"),
        Way("sms", "+8613800138000"),
    )
    assert mobile("021-50001111", "CN") == (Way("voice", "+862150001111"),)
    assert way("电话 138 0013 8000", "CN") == (Way("voice", "+8613800138000"),)
