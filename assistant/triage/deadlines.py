"""The time limits of arts 15 and 16, with the due day when the text tells the day they count from."""

from assistant.triage.calendar import Day, add_days, add_months, find_days, with_years
from assistant.triage.proceedings import decision_day, inquiry_day
from assistant.triage.result import Deadline, Verdict
from assistant.triage.rules import DeadlineRule, RulePack

_COUNTING = "起算当日不计入，按月计的到对应日届满，没有对应日的到当月最后一日"
_WHAT = {"investigation": "开始调查", "decision": "作出处理决定"}
_DAY_OF = {"investigation": inquiry_day, "decision": decision_day}


def reckon(text: str, pack: RulePack, verdict: Verdict) -> tuple[Deadline, ...]:
    """The limits for ``text``: all of the pack where it tells a fault, those whose starting day it tells where the facts do not
    decide yet, none otherwise. ``due`` stays empty when that day, or its year, is not told."""
    if verdict not in {"fault", "insufficient"}:
        return ()
    days = with_years(text, find_days(text))
    starts = {event: day_of(text, days) for event, day_of in _DAY_OF.items()}
    return tuple(
        _deadline(rule, start.day if start else None, pack)
        for rule in pack.deadlines
        if (start := starts[rule.event]) or verdict == "fault"
    )


def _deadline(rule: DeadlineRule, start: Day | None, pack: RulePack) -> Deadline:
    return Deadline(
        id=rule.ref,
        label=pack.labels[rule.ref],
        quote=rule.quote,
        title=rule.title,
        counted_from=start.iso() if start and start.year else "",
        due=_end(rule, start).iso() if start and start.year else "",
        note=_note(rule, start),
    )


def _end(rule: DeadlineRule, start: Day) -> Day:
    return add_months(start, rule.months) if rule.months else add_days(start, rule.days)


def _note(rule: DeadlineRule, start: Day | None) -> str:
    what = _WHAT[rule.event]
    if start is None:
        return f"没有说到{what}的日期，告诉我日期就能算出届满日"
    counted = f"自{start.chinese()}{what}起算，{_end(rule, start).chinese()}届满（{_COUNTING}）"
    if start.year:
        return counted
    return f"没有说到年份，只能按平年算到月日：{counted}。告诉我年份就能写出完整日期"
