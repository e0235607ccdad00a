"""关于: what judges here, how well it is known to judge, and what it is not."""

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.evaluation import last_evaluation, learned_hash
from assistant.paths import corpus_dir
from assistant.triage.coverage import Standing, coverage
from assistant.triage.exemplars import read_exemplars
from assistant.web.desk import Desk
from assistant.web.panels.linked import cite, esc

_NOT = (
    "不是处理决定。是否追究、怎样处理，由有权机关按程序认定；这里只把所说的话和条文对上。",
    "不认定事实。说的人说错了，结论就跟着错；没有说到的，列为还要弄清。",
    "不是法律意见，也不回答本制度之外的规定；条文没有写的，如实说没有。",
    "不是涉密系统。涉密的内容不要输入。",
    "不保存对话：刷新或者关掉页面，案情就没有了。",
)
_LIBRARIES = ("gradio", "bm25s", "chromadb", "sentence-transformers", "langchain", "torch")


def build(desk: Desk) -> None:
    """The tab."""
    import gradio as gr

    gr.HTML(about_html(desk), elem_id="about")


def about_html(desk: Desk) -> str:
    """The whole page of facts about this program."""
    return (
        '<div class="about"><section><h2>这个工具不是什么</h2><ul>'
        + "".join(f"<li>{esc(line)}</li>" for line in _NOT)
        + f"</ul></section>{_versions(desk)}{_figures(desk)}{_coverage(desk)}</div>"
    )


def _versions(desk: Desk) -> str:
    law, pack = desk.regulation, desk.engine.pack
    rows = [
        ("依据的制度", f"《{law.title}》，{len(law.articles)} 条 {len(list(law.items()))} 项"),
        ("原文 SHA-256", law.sha256),
        ("规则包", f"{len(pack.rules)} 条规则，SHA-256 {pack.version}"),
        ("语言模型", desk.settings.llm_model or "没有设：全部由规则写成"),
        ("程序", f"{_version('enforcement-fault-assistant')}，Python {sys.version.split()[0]}"),
        ("组件", "，".join(f"{name} {found}" for name in _LIBRARIES if (found := _version(name)))),
    ]
    body = "".join(f"<tr><th scope=row>{esc(name)}</th><td>{esc(value)}</td></tr>" for name, value in rows)
    return f"<section><h2>版本</h2><table>{body}</table></section>"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _figures(desk: Desk) -> str:
    return f"<section><h2>准不准</h2>{_evaluated(desk)}{_learned(desk)}</section>"


def _evaluated(desk: Desk) -> str:
    """The last evaluation that was kept, with its date, and whether rules or weights have changed since."""
    last = last_evaluation()
    if last is None:
        return "<p>这里没有评测记录：请在源码目录里运行 <code>python -m assistant eval --keep</code>。</p>"
    now = (desk.engine.pack.version, learned_hash(desk.regulation.id))
    same = (
        "规则和学到的权重与现在的一样"
        if now == (last.rules, last.learned)
        else "此后规则或者权重有改动，以重新评测为准"
    )
    rows = "".join(
        f"<tr><th scope=row>{esc(figure.title)}</th><td class=n>{figure.value:.1%}</td><td class=n>{esc(figure.count) or '—'}</td></tr>"
        for figure in last.figures
    )
    return (
        f"<h3>最近一次评测：{esc(last.date)}</h3><p>{same}。题目和答案由本项目自己写（evals/cases），不是外人出的考题，得分会偏高；别的作者写的，看下面一张表。</p>"
        "<table><thead><tr><th scope=col>项目</th><th scope=col>得分</th><th scope=col>对的 / 题数</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _learned(desk: Desk) -> str:
    """Figures of the learned reader, from the report that came with its weights."""
    report: dict[str, Any] = json.loads((_model(desk) / "report.json").read_text(encoding="utf-8"))
    rows = [
        ("留出的样例", f"{report['cases']} 件，{report['authors']} 位作者"),
        ("结论正确", f"{report['verdict']:.1%}"),
        ("条项 F1", f"{report['item_f1']:.1%}"),
        ("正当行为被误判为过错", str(report["false_accusations"])),
    ]
    body = "".join(f"<tr><th scope=row>{esc(name)}</th><td>{esc(value)}</td></tr>" for name, value in rows)
    return (
        "<h3>读案情的部分：换一位作者写的，还认不认得</h3>"
        "<p>这一批作者的样例两个模型都没有学过；判断的门槛也轮流定：量一位作者时，只用其余几位定"
        f"（出自 corpus/models/triage/{esc(desk.regulation.id)}/report.json）。</p><table>{body}</table>"
    )


def _coverage(desk: Desk) -> str:
    rows = "".join(_row(standing) for standing in _standings(desk))
    return (
        "<section><h2>各条项的规则</h2><p>查准：说成立的里面对的有多少。查全：该成立的里面找到多少。兜底条项不学习，最多判“可能”。</p>"
        '<div class="wide" tabindex="0" role="region" aria-label="各条项的规则"><table><thead><tr><th scope=col>条项</th><th scope=col>线索词</th>'
        "<th scope=col>样例</th><th scope=col>评测</th><th scope=col>查准</th><th scope=col>查全</th><th scope=col>缺什么</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _row(standing: Standing) -> str:
    figures = ["—" if value is None else f"{value:.2f}" for value in (standing.precision, standing.recall)]
    cells = [str(standing.cues), str(standing.exemplars), str(standing.evals), *figures]
    numbers = "".join(f"<td class=n>{cell}</td>" for cell in cells)
    return f"<tr><th scope=row>{cite(standing.ref, standing.label)}</th>{numbers}<td>{'、'.join(standing.gaps) or '—'}</td></tr>"


def _standings(desk: Desk) -> list[Standing]:
    exemplars, _ = read_exemplars(corpus_dir() / "exemplars")
    cases = corpus_dir().parent / "evals" / "cases" / "incidents.jsonl"
    return coverage(desk.engine.pack, exemplars, model=_model(desk), cases=cases)


def _model(desk: Desk) -> Path:
    return corpus_dir() / "models" / "triage" / desk.regulation.id
