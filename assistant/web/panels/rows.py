"""A batch as it is shown: how far it is, how many rows have which result, and the rows themselves, a page at a time."""

from collections.abc import Mapping, Sequence

from assistant.triage.result import Verdict
from assistant.web.batch import Judged, Table, Tally
from assistant.web.batch.run import Found
from assistant.web.panels.linked import Links, cite, esc, lines
from assistant.web.panels.verdict import VERDICTS

UNJUDGED = "没有研判"
PAGE = 50
_EXAMPLES = 3
_LONG = 160


def name_of(verdict: Verdict | None) -> str:
    """A verdict in words; what stands for none."""
    return VERDICTS[verdict].name if verdict else UNJUDGED


def headline(table: Table) -> str:
    """What was read, in one line."""
    note = f" {esc(table.note)}" if table.note else ""
    return f'<div class="batch"><p role="status"><b>{esc(table.name)}</b>：读到 {len(table.rows)} 行。{note}</p></div>'


def preview(table: Table, column: int) -> str:
    """The headline and how the chosen column begins, so that a wrong one is seen before the start."""
    name = esc(table.columns[column])
    rows = "".join(
        f"<tr><th scope=row>{row.number}</th><td>{lines(_short(row.wrong or row.values[column])) or '（空）'}</td></tr>"
        for row in table.rows[:_EXAMPLES]
    )
    return (
        f'{headline(table)}<div class="batch"><p>“{name}”一列开头几行是这样的。不是案情的话，在下面换一列。</p>'
        '<div class="wide" tabindex="0" role="region" aria-label="前几行"><table><thead>'
        f"<tr><th scope=col>行</th><th scope=col>{name}</th></tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def progress(done: int, total: int, *, stopped: bool = False) -> str:
    """How far it is, as a bar and in words."""
    if done == total:
        return f'<div class="batch"><p role="status"><b>研判完了，共 {total} 行。</b>按一下图里的一条，只看那些行。</p></div>'
    said = f"正在研判：{done} / {total} 行。"
    if stopped:
        said = f"已经停止：研判了 {done} / {total} 行，可以看，也可以下载；再按“开始研判”就从头来过。"
    bar = f'<progress max="{total}" value="{done}" aria-label="进度"></progress>'
    return f'<div class="batch">{bar}<p role="status">{said}</p></div>'


def chart(counted: Tally, labels: Mapping[str, str], order: Sequence[str]) -> str:
    """Bars of verdicts and of items; each can be pressed to see its rows."""
    verdicts = [(name_of(v), v or "none", counted.verdicts.get(v, 0)) for v in (*VERDICTS, None)]
    items = [(labels[ref], ref, counted.provisions[ref]) for ref in order if ref in counted.provisions]
    return (
        '<div class="batch charts">'
        + _bars("结论", "verdict", [bar for bar in verdicts if bar[2]])
        + _bars("成立的条项", "item", items)
        + "</div>"
    )


def _bars(title: str, kind: str, bars: Sequence[tuple[str, str, int]]) -> str:
    if not bars:
        return ""
    most = max(count for _, _, count in bars)
    rows = "".join(
        f'<li><button type="button" data-{kind}="{esc(value)}" class="{esc(value) if kind == "verdict" else "item"}" title="只看这些行">'
        f'<span class="what">{esc(name)}</span><span class="track"><span class="bar" style="width:{max(100 * count / most, 1):.1f}%"></span></span>'
        f'<span class="n">{count} 行</span></button></li>'
        for name, value, count in bars
    )
    return f'<section class="{kind}s"><h3>{title}</h3><ul>{rows}</ul></section>'


def chosen(judged: Sequence[Judged], *, verdict: str, item: str, words: str) -> list[Judged]:
    """The rows with this verdict and item (empty: any) whose text has every one of ``words``."""
    wanted = words.split()
    return [
        one
        for one in judged
        if (not verdict or verdict == (one.verdict or "none"))
        and (not item or any(item == found.id for found in (*one.provisions, *one.factors)))
        and all(word in one.text for word in wanted)
    ]


def rows_table(rows: Sequence[Judged], page: int, link: Links) -> str:
    """One page of ``rows``, each with its items folding open to reason and words of the law."""
    if not rows:
        return '<div class="batch"><p role="status">没有这样的行：换一个筛选条件。</p></div>'
    pages = -(-len(rows) // PAGE)
    page = min(max(page, 0), pages - 1)
    first = page * PAGE
    body = "".join(_row(one, link) for one in rows[first : first + PAGE])
    turn = "".join(
        f'<button type="button" data-page="{to}"{" disabled" * (not 0 <= to < pages)}>{name}</button>'
        for name, to in (("上一页", page - 1), ("下一页", page + 1))
    )
    shown = f"共 {len(rows)} 行" + (f"，第 {page + 1} / {pages} 页" if pages > 1 else "")
    return (
        f'<div class="batch"><p class="turn-pages" role="status">{shown} {turn if pages > 1 else ""}</p>'
        '<div class="wide" tabindex="0" role="region" aria-label="研判结果"><table class="judged"><thead><tr><th scope=col>行</th><th scope=col>案情</th>'
        f"<th scope=col>结论</th><th scope=col>条项、理由和条文原话</th></tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def _row(one: Judged, link: Links) -> str:
    mark = VERDICTS[one.verdict].mark if one.verdict else "！"
    name = f'<span class="tag {one.verdict or "none"}">{mark} {name_of(one.verdict)}</span>'
    found = "".join(_found(each) for each in (*one.provisions, *one.factors))
    if one.wrong:
        found = f"<p>{esc(one.wrong)}</p>"
    elif not found and one.asks:
        found = "".join(f"<p>要问：{link(asked)}</p>" for asked in one.asks[:2])
    text = lines(one.text) or "（空）"
    if len(one.text) > _LONG:
        text = f"<details><summary>{lines(_short(one.text))}</summary>{lines(one.text)}</details>"
    return f"<tr><th scope=row>{one.number}</th><td>{text}</td><td>{name}</td><td>{found or '—'}</td></tr>"


def _found(found: Found) -> str:
    return (
        f"<details><summary>{esc(found.label)} <small>{esc(found.standing)}</small></summary><p>{esc(found.reason) or '—'}</p>"
        f'<blockquote class="law-words">{esc(found.quote)} {cite(found.id, "看原文")}</blockquote></details>'
    )


def _short(text: str) -> str:
    return text[:_LONG] + "…" * (len(text) > _LONG)
