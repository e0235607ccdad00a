"""Damaged weights are refused when they are loaded, in one line, and never at somebody's text."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import CheckFailed, Unavailable
from assistant.paths import corpus_dir
from assistant.triage.learned import read_reader
from assistant.triage.network import HELD_OUT
from assistant.triage.network.made import check_held_out

SHIPPED = corpus_dir() / "models" / "triage" / "xushui-2020"
FILES = [path.relative_to(SHIPPED).as_posix() for path in (SHIPPED / "card.json", *SHIPPED.glob("network/*.np[yz]"))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped weights by links, so that one of them can be another file."""
    for path in (path for path in SHIPPED.rglob("*") if path.is_file()):
        link = tmp_path / path.relative_to(SHIPPED)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(path)
    return tmp_path


def put(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def refused(folder: Path, words: str) -> None:
    with pytest.raises(Unavailable, match=words) as caught:
        read_reader(folder)
    assert "请运行 make train" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [*FILES, "weights.bin"])
@pytest.mark.parametrize("length", [0, 1, 100, 3000])
def test_a_file_cut_short_is_refused(folder: Path, name: str, length: int) -> None:
    put(folder / name, (SHIPPED / name).read_bytes()[:length])
    refused(folder, "缺失或损坏")


@pytest.mark.parametrize("name", [*FILES, "weights.bin", "features.txt", "network/pieces.txt"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    refused(folder, "缺失或损坏")


@pytest.mark.parametrize("name", ["features.txt", "network/pieces.txt"])
def test_names_that_are_too_few_are_refused(folder: Path, name: str) -> None:
    put(folder / name, "立案".encode())
    refused(folder, "行数不一")


def layers(folder: Path, **changed: Any) -> None:
    """Write the network's arrays anew with ``changed`` ones; None takes one out."""
    path = folder / "network" / "layers.npz"
    with np.load(path) as stored:
        arrays = {**stored, **changed}
    path.unlink()
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})


@pytest.mark.parametrize("name", ["first_bias", "third_pass", "mean_step", "last"])
def test_a_missing_array_is_refused_by_name(folder: Path, name: str) -> None:
    layers(folder, **{name: None})
    refused(folder, f"缺少 {name}")


def test_arrays_that_do_not_fit_each_other_are_refused(folder: Path) -> None:
    layers(folder, hidden=np.zeros((7, 256), dtype=np.int16))
    refused(folder, "缺失或损坏")


def test_a_network_of_other_outputs_is_refused(folder: Path) -> None:
    with np.load(folder / "network" / "layers.npz") as stored:
        fewer = {name: stored[name][..., :-1] for name in ("last", "last_scale", "last_bias")}
    layers(folder, **fewer)
    refused(folder, "不一样多")


def made(folder: Path, authors: tuple[str, ...]) -> Path:
    names = ", ".join(f'"{name}"' for name in authors)
    words = f'{{"seed": 1, "cases": 2, "data_sha256": "", "held_out": [{names}], "teacher": "", "spoilt": 0}}'
    (folder / "made.json").write_text(words, encoding="utf-8")
    return folder


def test_a_network_is_measured_only_on_whom_it_never_saw(tmp_path: Path) -> None:
    check_held_out(made(tmp_path, HELD_OUT[::-1]))
    with pytest.raises(CheckFailed, match=f"（{HELD_OUT[0]}）.*make train-network"):
        check_held_out(made(tmp_path, HELD_OUT[1:]))
    with pytest.raises(CheckFailed, match="（somebody）"):
        check_held_out(made(tmp_path, (*HELD_OUT, "somebody")))


@pytest.mark.parametrize("data", ["", "{}", None])
def test_a_network_that_does_not_say_whom_it_saw_is_refused(tmp_path: Path, data: str | None) -> None:
    if data is not None:
        (tmp_path / "made.json").write_text(data, encoding="utf-8")
    with pytest.raises(Unavailable, match=r"made\.json 缺失或损坏"):
        check_held_out(tmp_path)


def test_training_refuses_a_network_taught_on_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.triage import train

    network = tmp_path / "models" / "triage" / "xushui-2020" / "network"
    network.mkdir(parents=True)
    made(network, ("nobody",))
    monkeypatch.setattr(train, "corpus_dir", lambda: tmp_path)
    monkeypatch.setattr(train, "read_exemplars", lambda folder: ([], ""))
    with pytest.raises(CheckFailed, match="HELD_OUT"):
        train.main()
