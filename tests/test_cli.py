"""The command line as its callers see it: exit codes, one line for each thing wrong, batches in order."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(
    *arguments: str, stdin: str | bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    import os

    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, **(env or {})},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_line(text: str) -> str:
    assert text.endswith("\n")
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["triage", ""], 2, "没有文字"),
        (["triage", " \n "], 2, "没有文字"),
        (["triage", "😀😀"], 2, "汉字"),
        (["triage", "no Chinese here"], 2, "汉字"),
        (["triage", "查" * 20_000], 2, "20000"),
        (["triage", "\x01\x02撤案"], 2, "二进制"),
        (["triage"], 2, "缺少文字"),
        (["triage", "--jsonl", "no-such-file.jsonl"], 2, "no-such-file.jsonl"),
        (["triage", "--nonsense", "小王"], 2, "--nonsense"),
        (["corpus", "show", "第二十条"], 2, "十九条"),
        (["corpus", "show", "6.12"], 2, "十一项"),
        (["corpus", "show", "什么"], 2, "什么"),
        (["corpus", "outline", "no-such-file.txt"], 2, "no-such-file.txt"),
        (["exercise", "make", "--theme", "99"], 2, "99"),
    ],
)
def test_bad_use_is_one_line_and_exit_code_two(arguments: list[str], code: int, words: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert words in one_line(done.stderr)
    assert not done.stdout


def test_a_batch_answers_in_order_and_marks_bad_lines() -> None:
    lines = [
        '{"id": "a", "text": "小王立案后没有报批就把案子撤了"}',
        "{not json}",
        '{"id": "c"}',
        '{"id": "a", "text": "又一条"}',
        "[1]",
        '{"id": "e", "text": ""}',
        '{"id": "f", "text": "小米这礼拜迟到三回了"}',
    ]
    done = run("triage", "--jsonl", stdin="\n".join(lines))
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "c", "a", None, "e", "f"]
    assert [bool(row.get("error")) for row in rows] == [False, True, True, True, True, True, False]
    assert "第 2 行" in rows[1]["error"]
    assert "text" in rows[2]["error"]
    assert "重复" in rows[3]["error"]
    assert "5" in one_line(done.stderr)


def test_a_line_that_is_not_utf8_is_marked() -> None:
    done = run("triage", "--jsonl", stdin='{"id": "a", "text": "立案"}'.encode("gbk"))
    assert done.returncode == 1
    assert "UTF-8" in json.loads(done.stdout)["error"]


def test_a_good_batch_is_exit_code_zero_and_keeps_the_contract() -> None:
    done = run("triage", "--jsonl", stdin='{"id": 7, "text": "小王立案后没有报批就把案子撤了"}\n')
    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)
    assert list(row) == [
        "id", "text", "verdict", "provisions", "mitigating", "aggravating", "sanctions", "consequences",
        "deadlines", "ask_next", "what_if", "assumptions", "regulation",
    ]  # fmt: skip
    assert row["id"] == 7
    assert len(row["sanctions"]) == 11
    assert row["regulation"]["id"] == "xushui-2020"


def test_show_and_check() -> None:
    shown = run("corpus", "show", "第六条第五项")
    assert shown.returncode == 0
    assert "立案后无正当理由擅自撤案" in shown.stdout
    assert run("corpus", "check").returncode == 0


def test_a_setting_that_cannot_be_read_names_its_variable() -> None:
    done = run("corpus", "check", env={"ASSISTANT_PORT": "eighty"})
    assert done.returncode == 2
    assert "ASSISTANT_PORT" in one_line(done.stderr)


def test_triage_loads_nothing_heavy() -> None:
    probe = "import sys; from assistant.triage import triage; triage('小王把案子撤了'); print([m for m in HEAVY if m in sys.modules])"
    heavy = ["torch", "gradio", "chromadb", "langchain", "langchain_core", "sentence_transformers", "sklearn", "numpy"]
    done = subprocess.run(
        [sys.executable, "-c", f"HEAVY = {heavy}; {probe}"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
