"""The time limits of arts 15 and 16, with the due day when the text tells the day they count from."""

from assistant.triage.calendar import Day, DaySpan, add_days, add_months, find_days
from assistant.triage.result import Deadline
from assistant.triage.rules import DeadlineRule, RulePack

_EVENTS = {
    "investigation": ("调查之日", "开始调查", "启动调查", "立案调查", "调查", "开始查", "开始核查"),
    "decision": ("处理决定", "作出处理", "作出决定", "决定下", "下了决定", "处分决定"),
}
_COUNTING = "起算当日不计入，按月计的到对应日届满，没有对应日的到当月最后一日"
_NEAR = 14


def reckon(text: str, pack: RulePack) -> tuple[Deadline, ...]:
    """Every limit of the pack for ``text``; ``due`` stays empty when its starting day is not told."""
    days = find_days(text)
    return tuple(_deadline(rule, _start(text, days, rule.event), pack) for rule in pack.deadlines)


def _start(text: str, days: list[DaySpan], event: str) -> Day | None:
    for span in days:
        after = text[span.end : span.end + _NEAR]
        if any(word in after for word in _EVENTS[event]):
            return span.day
    return None


def _deadline(rule: DeadlineRule, start: Day | None, pack: RulePack) -> Deadline:
    what = "开始调查" if rule.event == "investigation" else "作出处理决定"
    due = ""
    note = f"没有说到{what}的日期，告诉我日期就能算出届满日"
    if start is not None:
        end = add_months(start, rule.months) if rule.months else add_days(start, rule.days)
        due, note = end.iso(), f"自{start.chinese()}{what}起算，{end.chinese()}届满（{_COUNTING}）"
    return Deadline(
        id=rule.ref,
        label=pack.labels[rule.ref],
        quote=rule.quote,
        title=rule.title,
        counted_from=start.iso() if start else "",
        due=due,
        note=note,
    )
