"""Forms: DORA's table field by field, the fifteen elements, the four parts."""

import pytest

from tests.unit.regimes.told import PACKS, pack

# Implementing Regulation (EU) 2025/302, Annexes I and II: initial, intermediate, final.
DORA = """
1.1 yyy  1.2 yyy  1.3 yyy  1.4 yyy  1.5 ccc  1.6 ccc  1.7 yyy  1.8 yyy  1.9 yyy
1.10 yyy 1.11 yyy 1.12 yyy 1.13 ccc 1.14 ccc 1.15 yyy
2.1 yyy  2.2 yyy  2.3 yyy  2.4 yyy  2.5 yyy  2.6 ccc  2.7 yyy  2.8 ccc  2.9 yyy  2.10 ccc
3.1 -cc  3.2 -yy  3.3 -cc  3.4 -yy  3.5 -yy  3.6 -yy  3.7 -yy  3.8 -cc
3.9 -cc  3.10 -cc 3.11 -cc 3.12 -yy 3.13 -cc 3.14 -cc 3.15 -yy 3.16 -cc 3.17 -cc
3.18 -cc 3.19 -cc 3.20 -cc 3.21 -cc 3.22 -yy 3.23 -yy 3.24 -cc 3.25 -cc 3.26 -cc
3.27 -yy 3.28 -yy 3.29 -cc 3.30 -yy 3.31 -yy 3.32 -cc 3.33 -yy 3.34 -cc 3.35 -cc
4.1 --y  4.2 --y  4.3 --y  4.4 --c  4.5 --y  4.6 --y  4.7 --y  4.8 --y  4.9 --y
4.10 --c 4.11 --c 4.12 --y 4.13 --y 4.14 --y 4.15 --c 4.16 --c
"""
STAGES = ("initial", "intermediate", "final")
ELEMENTS = (
    "事件发生时间 地点 简要经过 影响范围初步评估 影响程度初步评估 影响人数初步评估 "
    "经济损失初步评估 后果初步判断 原因初步判断 事件性质初步判断 已采取的措施及效果 "
    "需要有关部门和单位协助处置的有关事宜 报告单位、签发人和报告时间 "
    "联系人与联系方式 与本事件有关的其他内容"
)
SUMMARY = {
    "一、基本情况": "时间 地点 经过 影响范围 影响程度 损失",
    "二、应急处置情况": "事件报告的情况 措施及效果",
    "三、调查情况": "原因 级别 责任认定 结论",
    "四、处理情况": "暴露的问题 整改措施 责任追究",
}


def test_dora_asks_at_each_stage_for_what_its_table_says():
    """76 fields, three stages, each as the annex has it."""
    fields = pack("eu-dora").forms["incident"].fields
    found = {one.id: "".join(one.at(stage) or "-" for stage in STAGES) for one in fields}
    assert found == dict(zip(DORA.split()[::2], DORA.split()[1::2], strict=True))
    assert len(found) == 76
    assert [one.id for one in fields if "c" in found[one.id] and not one.when.zh] == []


def test_a_reclassification_gives_its_reasons():
    """All that the initial notification held, and why it is non-major."""
    for one in pack("eu-dora").forms["incident"].fields:
        expected = "y" if one.id == "2.10" else one.at("initial")
        assert one.at("reclassified") == expected


def test_the_emergency_report_has_its_fifteen_elements():
    """In their order and their words; the last only where there is something to say."""
    fields = pack("cn-securities").forms["emergency"].fields
    assert [one.name.zh for one in fields] == ELEMENTS.split()
    assert [one.at("initial") for one in fields] == ["y"] * 14 + ["c"]


def test_the_summary_has_its_four_parts():
    """Each with what it has to hold, the reports made among them."""
    form = pack("cn-securities").forms["summary"]
    found = {
        heading.zh: " ".join(one.name.zh for one in form.fields if one.part == part)
        for part, heading in form.parts.items()
    }
    assert found == SUMMARY
    assert all(one.at("final") == "y" for one in form.fields)


@pytest.mark.parametrize("id", PACKS)
def test_a_report_asks_for_something_at_its_stage(id):
    """No duty has a form that is empty at its stage."""
    regime = pack(id)
    for duty in regime.duties:
        form = regime.forms[duty.form]
        assert any(one.at(duty.stage) == "y" for one in form.fields), (id, duty.id)
