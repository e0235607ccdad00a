"""Speed and size, printed beside a baseline in the same run: ``python -m evals.bench`` (``make bench``).

The lines are the speed goals of the project; each prints what was measured, the goal and whether it holds. Tests are never
timed; this is the one place that times.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from evals.visiting import peak_mb, served

_PADDING = "当时车间里机器都开着，旁边还有几个工人在装货，天快黑了，路上也不好走，"
_STORIES = (
    "小王立案后没有报批，第二天就把案子撤了，谁问都不说为什么",
    "老李一个人去厂里检查，没亮证，把锅炉房贴了封条，决定书和清单都没有给",
    "接到投诉拖了两个月没人去，村民火了，把材料送到了纪委",
    "没有监测报告，光凭一张照片就罚了五万，后来法院把决定撤了",
)
_CASES = Path(__file__).parent / "cases" / "incidents.jsonl"


def main() -> None:
    """Measure and print every line."""
    lines = [*_triage(), *_baseline(), *_cold(), *_ask(), *_page()]
    width = max(len(name) for name, *_ in lines)
    for name, value, goal, holds in lines:
        print(f"{name:<{width}}  {value:>18}  goal {goal:<14} {holds}")
    judged = [holds for *_, holds in lines if holds]
    print(f"{judged.count('holds')} of {len(judged)} lines hold; peak memory {_peak_mb():.0f} MB")


def _texts(count: int) -> list[str]:
    """So many incidents of 100 characters: those of the evaluation, cut or padded."""
    told = [json.loads(line)["text"] for line in _CASES.read_text(encoding="utf-8").splitlines()]
    return [f"{told[n % len(told)]}{_PADDING * 3}"[:100] for n in range(count)]


def _rate(work: Callable[[str], object], texts: list[str]) -> float:
    """Texts a second of one core's own time: what else runs on the machine does not count."""
    for text in texts[:50]:
        work(text)
    started = time.process_time()
    for text in texts:
        work(text)
    return len(texts) / (time.process_time() - started)


def _triage() -> list[tuple[str, str, str, str]]:
    import msgspec

    from assistant.triage import load_engine

    engine = load_engine()
    rate = _rate(lambda text: msgspec.json.encode(engine.triage(text)), _texts(3000))
    return [("triage, warm, one core", f"{rate:.0f} a second", ">= 1,000", _holds(rate >= 1000))]


def _baseline() -> list[tuple[str, str, str, str]]:
    """The plain learner of the same size: character 1+2-gram logistic regression, one text a call."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from assistant.paths import corpus_dir
    from assistant.triage.exemplars import read_exemplars

    rows, _ = read_exemplars(corpus_dir() / "exemplars")
    plain = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 2)), LogisticRegression(C=10, max_iter=300))
    plain.fit([row.text for row in rows], [row.verdict for row in rows])
    rate = _rate(lambda text: plain.predict_proba([text]), _texts(500))
    return [("baseline: plain logistic regression, verdict only", f"{rate:.0f} a second", "", "")]


def _cold() -> list[tuple[str, str, str, str]]:
    command = [sys.executable, "-m", "assistant", "triage", "--json", _STORIES[0]]
    subprocess.run(command, check=True, capture_output=True)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    best = sorted(times)[len(times) // 2]
    probe = (
        "import sys; from assistant.triage import triage; triage('小王把案子撤了');"
        "lines = open('/proc/self/status', encoding='ascii').read().split();"
        "print(lines[lines.index('VmHWM:') + 1], 'torch' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True).stdout.split()
    memory = int(out[0]) / 1024
    return [
        ("triage, cold, command line (median of 5)", f"{best:.2f} s", "<= 0.5 s", _holds(best <= 0.5)),
        ("triage, memory of the process", f"{memory:.0f} MB", "<= 150 MB", _holds(memory <= 150)),
        ("triage loads torch", out[1], "False", _holds(out[1] == "False")),
    ]


def _ask() -> list[tuple[str, str, str, str]]:
    from assistant.chat import CaseFile, open_assistant
    from assistant.settings import Settings

    assistant = open_assistant(Settings())
    questions = [
        *_STORIES,
        "处理决定几天内要通知本人",
        "辞退能不能和通报批评一起用",
        "第六条第五项说什么",
        "问责方式有哪些",
    ] * 25
    for text in questions[:16]:
        assistant.reply(CaseFile(), text)
    times = []
    for text in questions:
        started = time.perf_counter()
        reply, _ = assistant.reply(CaseFile(), text)
        json.dumps(reply.answer)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    return [
        ("ask, warm, no model, p50", f"{p50:.1f} ms", "", ""),
        ("ask, warm, no model, p95", f"{p95:.1f} ms", "<= 30 ms", _holds(p95 <= 30)),
    ]


def _page() -> list[tuple[str, str, str, str]]:
    """The page from a cold start: until it answers, and the most memory its process took."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
        with urllib.request.urlopen(address, timeout=30):
            ready = time.perf_counter() - started
        memory = peak_mb(Path(folder))
    return [
        ("web page, cold to answering", f"{ready:.1f} s", "<= 8 s", _holds(ready <= 8)),
        ("web page, memory", f"{memory:.0f} MB", "<= 900 MB", _holds(memory <= 900)),
    ]


def _holds(true: bool) -> str:
    return "holds" if true else "MISSED"


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
