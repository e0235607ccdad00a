"""`exercise make` and `exercise check` in every format, as a trainer runs them."""

import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "assistant", "exercise", *words], capture_output=True, cwd=folder)


@pytest.mark.parametrize(
    ("format", "suffix"), [("jsonl", "jsonl"), ("gift", "gift"), ("moodle", "xml"), ("xlsx", "xlsx")]
)
def test_a_paper_made_is_a_paper_proved(format: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"paper.{suffix}"
    made = run("make", "--theme", "6.5", "--count", "4", "--format", format, "--out", str(path), folder=tmp_path)
    assert made.returncode == 0, made.stderr.decode()
    assert "出题 4 道" in made.stderr.decode()
    proved = run("check", str(path), folder=tmp_path)
    assert proved.returncode == 0, proved.stderr.decode()
    assert "4 道题的答案都得到证明" in proved.stdout.decode()


def test_texts_are_printed_and_files_are_named(tmp_path: Path) -> None:
    printed = run("make", "--theme", "no_fault", "--count", "1", "--format", "gift", folder=tmp_path)
    assert "::" in printed.stdout.decode()
    kept = run("make", "--theme", "6.7", "--count", "1", "--format", "apkg", folder=tmp_path)
    assert kept.returncode == 0
    assert (tmp_path / "试卷-6.7-1.apkg").stat().st_size > 1000


def test_a_refuted_key_is_named_and_the_check_fails(tmp_path: Path) -> None:
    path = tmp_path / "own.gift"
    path.write_text(
        "小米这个月老是迟到早退 {=构成过错 ~不构成过错 ~资料不足 ~不属本办法}\n\n"
        "小米这个月老是迟到早退 {=第六条第（五）项 ~6.1}\n",
        encoding="utf-8",
    )
    checked = run("check", str(path), folder=tmp_path)
    assert checked.returncode == 1
    assert "结论不同" in checked.stdout.decode()
    assert "没有得到证明" in checked.stderr.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("make", "--theme", "99"), "没有主题"),
        (("make", "--theme", "6", "--format", "odt"), "没有“odt”这种格式"),
        (("make", "--theme", "6", "--difficulty", "x"), "难度"),
        (("make", "--theme", "6", "--count", "1", "--out", "/none/a.jsonl"), "写不了"),
        (("check", "none.gift"), "读不了"),
        (("check", "none.pdf"), "读不了"),
    ],
)
def test_bad_use_is_one_line(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run(*words, folder=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
