"""Dates as people write them, and the reckoning of limits."""

import pytest

from assistant.triage.calendar import Day, add_days, add_months, find_days, with_years


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026年3月5日开始调查", ["2026-03-05"]),
        ("3月5号开始查", ["03-05"]),
        ("三月五日", ["03-05"]),
        ("二〇二五年十一月三十日", ["2025-11-30"]),
        ("2025.11.30立案，12月1日处罚", ["2025-11-30", "12-01"]),
        ("2025-11-30", ["2025-11-30"]),
        ("２月３０日", []),
        ("2025年2月29日", []),
        ("2月29日", ["02-29"]),
        ("三个月内处理完毕", []),
        ("罚了3.5万元", []),
        ("第6.5条", []),
    ],
)
def test_days_are_found_and_impossible_ones_are_not(text: str, days: list[str]) -> None:
    assert [span.day.iso() for span in find_days(text)] == days


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (Day(2026, 3, 5), 3, Day(2026, 6, 5)),
        (Day(2026, 3, 5), 4, Day(2026, 7, 5)),
        (Day(2025, 11, 30), 3, Day(2026, 2, 28)),
        (Day(2027, 11, 30), 3, Day(2028, 2, 29)),
        (Day(0, 11, 30), 3, Day(0, 2, 28)),
        (Day(2026, 10, 31), 4, Day(2027, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: Day, months: int, end: Day) -> None:
    assert add_months(start, months) == end


def test_seven_days_cross_months_and_years() -> None:
    assert add_days(Day(2026, 6, 3), 7) == Day(2026, 6, 10)
    assert add_days(Day(2026, 12, 28), 7) == Day(2027, 1, 4)
    assert add_days(Day(0, 12, 28), 7) == Day(0, 1, 4)
    assert add_days(Day(0, 2, 29), 7) == Day(0, 3, 7)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026年3月5日启动，6月1日决定", ["2026-03-05", "2026-06-01"]),
        ("2026年2月擅自撤案，4月1日启动", ["2026-04-01"]),
        ("2025年11月3日检查，1月30日启动", ["2025-11-03", "01-30"]),
        ("2025年11月3日检查，次年1月30日启动，6月1日决定", ["2025-11-03", "2026-01-30", "2026-06-01"]),
        ("2025年11月3日检查，同年1月30日启动", ["2025-11-03", "2025-01-30"]),
        ("2025年11月3日检查，今年3月5日启动，6月1日决定", ["2025-11-03", "03-05", "06-01"]),
        ("去年11月3日检查", ["11-03"]),
        ("3月5日启动，2026年6月1日决定", ["03-05", "2026-06-01"]),
        ("2018年建的厂，3月5日启动", ["03-05"]),
    ],
)
def test_a_year_is_taken_from_the_day_told_before(text: str, days: list[str]) -> None:
    assert [span.day.iso() for span in with_years(text, find_days(text))] == days
