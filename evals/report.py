"""Figures for people: a table on the terminal, and one self-contained HTML page that asks the network for nothing."""

import html
from collections import Counter

NAMES = {
    "verdict": "结论正确",
    "no_false_accusation": "没有错怪（正当行为未被判过错）",
    "items_f1": "条项 F1",
    "factors_f1": "从轻从重 F1",
    "questions_cited": "问答：引用了该引的条",
    "questions_said": "问答：说到了该说的话",
    "questions_right": "问答：既引对又说到",
    "no_false_denial": "问答：条文有的没有说成没有",
    "declined": "条文没有的，如实说没有",
    "dialogue_turns": "对话：各轮正确",
    "citations_verbatim": "引用存在且逐字一致",
    "assertion": "断言（否定、假设、传闻等）",
}
VERDICTS = {"fault": "构成过错", "no_fault": "不构成", "insufficient": "资料不足", "out_of_scope": "不属本办法"}


def table(figures: dict[str, float], counts: dict[str, str]) -> str:
    """One line a figure."""
    return "\n".join(
        f"{value:6.3f}  {counts.get(name, ''):>9}  {NAMES.get(name, name)}" for name, value in figures.items()
    )


def misses(wrong: list[tuple[str, str, str]], *, most: int = 60) -> str:
    """The wrong cases with their reasons."""
    lines = [f"{NAMES.get(name, name)}：{case} {reason}" for name, case, reason in wrong[:most]]
    return "\n".join([f"不对的共 {len(wrong)} 处", *lines])


def page(
    figures: dict[str, float],
    counts: dict[str, str],
    confusion: dict[tuple[str, str], int],
    by_label: dict[str, list[int]],
    wrong: list[tuple[str, str, str]],
) -> str:
    """The whole report as HTML."""
    rows = "".join(
        f"<tr><td>{NAMES.get(n, n)}<td class=n>{v:.3f}<td class=n>{counts.get(n, '')}" for n, v in figures.items()
    )
    missed = "".join(f"<tr><td>{NAMES.get(n, n)}<td>{html.escape(c)}<td>{html.escape(r)}" for n, c, r in wrong)
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>评测报告</title><style>'
        'body{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem;color:#222}'
        "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #bbb;padding:.3rem .6rem}.n{text-align:right}"
        ".bar{display:inline-block;height:.8em}.hit{background:#2e7d4f}.miss{background:#b9bec6}.alarm{background:#b23b2e}</style>"
        f"<h1>评测报告</h1><table><tr><th>项目<th>得分<th>数目{rows}</table>"
        f"<h2>结论混淆表（行为标注，列为判断）</h2>{_confusion(confusion)}"
        f"<h2>各条项：命中（绿）、漏（灰）、误报（红）</h2>{_bars(by_label)}"
        f"<h2>不对的 {len(wrong)} 处</h2><table>{missed}</table></html>"
    )


def _confusion(confusion: dict[tuple[str, str], int]) -> str:
    counted = Counter(confusion)
    head = "".join(f"<th>{name}" for name in VERDICTS.values())
    body = "".join(
        f"<tr><th>{name}" + "".join(f"<td class=n>{counted[gold, said]}" for said in VERDICTS)
        for gold, name in VERDICTS.items()
    )
    return f"<table><tr><th>{head}{body}</table>"


def _bars(by_label: dict[str, list[int]]) -> str:
    rows = []
    for label in sorted(by_label, key=lambda ref: [int(part) for part in ref.split(".")]):
        hits, alarms, missed = by_label[label]
        bars = "".join(
            f'<span class="bar {kind}" style="width:{14 * count}px"></span>'
            for kind, count in (("hit", hits), ("miss", missed), ("alarm", alarms))
        )
        rows.append(f"<tr><td>{label}<td>{hits}/{hits + missed}<td>{bars} {f'误报 {alarms}' if alarms else ''}")
    return f"<table>{''.join(rows)}</table>"
