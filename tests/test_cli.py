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
        (["triage", "--json", "小王\udcff撤案"], 2, "乱码"),
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
        "[" * 100_000,
    ]
    done = run("triage", "--jsonl", stdin="\n".join(lines))
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "c", "a", None, "e", "f", None]
    assert [bool(row.get("error")) for row in rows] == [False, True, True, True, True, True, False, True]
    assert "第 2 行" in rows[1]["error"]
    assert "text" in rows[2]["error"]
    assert "重复" in rows[3]["error"]
    assert "第 8 行" in rows[7]["error"]
    assert "6" in one_line(done.stderr)


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
    heavy = ["torch", "gradio", "chromadb", "langchain", "langchain_core", "sentence_transformers", "sklearn"]
    done = subprocess.run(
        [sys.executable, "-c", f"HEAVY = {heavy}; {probe}"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_brought_regulation_from_adding_to_removing(tmp_path: Path) -> None:
    env = {"ASSISTANT_DATA_DIR": str(tmp_path / "var"), "ASSISTANT_EMBEDDING": ""}
    old, new = tmp_path / "旧.txt", tmp_path / "新.md"
    text = "河口县来信办法\n第一条 来信当日登记。\n第二条 有下列情形之一的，应当批评：\n（一）丢失来信；\n（二）拖延登记。\n"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("当日", "次日"), encoding="utf-8")
    added = run("corpus", "add", str(old), "--id", "letter-1", "--yes", env=env)
    assert added.returncode == 0, added.stderr
    assert "第二条" in added.stdout
    assert "已加入《河口县来信办法》（letter-1），共 2 条" in added.stdout
    assert run("corpus", "add", str(new), "--id", "letter-2", stdin="n\n", env=env).stdout.rstrip().endswith("没有加入")
    assert run("corpus", "add", str(new), "--id", "letter-2", "--yes", env=env).returncode == 0
    assert "[-当-]{+次+}日登记" in run("corpus", "diff", "letter-1", "letter-2", env=env).stdout
    assert run("corpus", "show", "2.1", "--id", "letter-2", env=env).stdout.splitlines()[1] == "丢失来信；"
    reply = json.loads(run("ask", "--json", "letter-2 第一条怎么说", env=env).stdout)
    assert reply["citations"] == ["letter-2:1"]
    assert reply["quotes"] == [{"id": "letter-2:1", "text": "来信次日登记。"}]
    assert "待填" in run("corpus", "scaffold-rules", "letter-1", env=env).stdout + (
        tmp_path / "var/regulations/letter-1/rules/items.yaml"
    ).read_text(encoding="utf-8")
    checked = run("corpus", "check", "letter-1", env=env)
    assert checked.returncode == 1
    assert "待办：" in checked.stdout
    assert run("corpus", "remove", "letter-2", env=env).returncode == 0
    listed = run("corpus", "list", env=env).stdout
    assert "letter-1" in listed
    assert "letter-2" not in listed
