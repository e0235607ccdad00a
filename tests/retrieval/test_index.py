"""The index folder: built, reopened, brought into line, damaged, killed, unwritable; with Chroma embedded or served."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import retrieval
from assistant.errors import BadInput, Unavailable
from assistant.retrieval import Chunk, Index
from assistant.retrieval.dense import VectorStore
from assistant.retrieval.folder import Generation
from evals.visiting import free_port, running
from tests.retrieval.conftest import law, make_model

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:chromadb", "ignore::DeprecationWarning:opentelemetry"
)

dense = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("chromadb", "langchain_chroma", "tokenizers")),
    reason="the dense extra is not installed",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real ``chroma run`` on a free port of this machine."""
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    program, home = Path(sys.executable).parent / "chroma", folder / "home"
    with running(folder, port, str(program), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(home)):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(
    params=["words", pytest.param("embedded", marks=dense), pytest.param("server", marks=dense)],
)
def how(request: pytest.FixtureRequest) -> dict[str, object]:
    """The options of the three ways of keeping an index."""
    if request.param == "words":
        return {"model": None}
    url = request.getfixturevalue("server") if request.param == "server" else ""
    return {"model": request.getfixturevalue("model"), "chroma_url": url}


class Opener:
    """``open_index`` whose indexes are closed when the test ends."""

    def __init__(self) -> None:
        self.opened: list[Index] = []

    def __call__(self, *args: Any, **options: Any) -> Index:
        self.opened.append(retrieval.open_index(*args, **options))
        return self.opened[-1]

    def close(self) -> None:
        while self.opened:
            self.opened.pop().close()


@pytest.fixture
def open_index() -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.close()


def first(index: Index, query: str) -> str:
    hits = index.search(query)
    return f"{hits[0].chunk.regulation_id}/{hits[0].chunk.id}" if hits else ""


def test_built_then_reopened(open_index: Opener, tmp_path: Path, chunks: list[Chunk], how: dict[str, object]) -> None:
    built = open_index(tmp_path / "new" / "index", chunks, **how)
    assert first(built, "水库钓鱼") == "water/2"
    again = open_index(tmp_path / "new" / "index", chunks, **how)
    assert again.status() == built.status()
    assert again.status().chunks == len(chunks)
    assert first(again, "水库钓鱼") == "water/2"
    assert again.search("水库钓鱼", regulation="noise", floor=False)[0].chunk.regulation_id == "noise"
    assert open_index(tmp_path / "new" / "index", **how).status() == built.status()


def test_a_law_comes_and_goes_without_a_rebuild(open_index: Opener, tmp_path: Path, how: dict[str, object]) -> None:
    index = open_index(tmp_path, law("water") + law("noise"), **how)
    home = Generation.current(tmp_path)
    index.add(law("park"))
    assert first(index, "放风筝") == "park/1"
    assert first(open_index(tmp_path, **how), "放风筝") == "park/1"
    index.remove("noise")
    assert not any(hit.chunk.regulation_id == "noise" for hit in index.search("夜间施工", floor=False))
    again = open_index(tmp_path, **how)
    assert not any(hit.chunk.regulation_id == "noise" for hit in again.search("夜间施工", floor=False))
    assert again.status().regulations == 2
    index.add(law("noise"))
    assert first(index, "夜间施工") == "noise/1"
    assert Generation.current(tmp_path) == home
    with pytest.raises(BadInput, match="没有法规“nowhere”"):
        index.remove("nowhere")


def test_a_changed_text_is_searched_anew(
    open_index: Opener, tmp_path: Path, chunks: list[Chunk], how: dict[str, object]
) -> None:
    open_index(tmp_path, chunks, **how)
    changed = [chunk for chunk in chunks if chunk.regulation_id != "park"]
    changed += [Chunk(id="1", regulation_id="park", label="第一条", text="公园内禁止烧烤。", title="公园条例")]
    index = open_index(tmp_path, changed, **how)
    assert first(index, "公园里烧烤") == "park/1"
    assert index.search("公园里烧烤")[0].chunk.text == "公园内禁止烧烤。"
    assert index.status().chunks == len(changed)


@pytest.mark.parametrize("harm", ["current", "manifest", "chunks", "words", "vectors", "chroma", "shard"])
@dense
def test_a_damaged_folder_is_built_anew(
    open_index: Opener, tmp_path: Path, chunks: list[Chunk], model: Path, harm: str
) -> None:
    open_index(tmp_path, chunks, model=model)
    home = Generation.current(tmp_path)
    assert home is not None
    (shard,) = home.path.glob("s-*")
    damaged = {
        "current": tmp_path / "CURRENT",
        "manifest": home.path / "manifest.json",
        "chunks": shard / "chunks.json",
        "words": shard / "words" / "params.index.json",
        "vectors": shard / "vectors.npy",
    }
    open_index.close()  # as another process would find it
    if harm == "chroma":
        shutil.rmtree(home.path / "chroma")
        (home.path / "chroma").mkdir()
        (home.path / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    elif harm == "shard":
        shutil.rmtree(shard)
    else:
        damaged[harm].write_bytes(b"\xff{")
    assert first(open_index(tmp_path, chunks, model=model), "水库钓鱼") == "water/2"
    assert first(open_index(tmp_path, model=model), "水库钓鱼") == "water/2"


@dense
def test_another_model_builds_anew(open_index: Opener, tmp_path: Path, chunks: list[Chunk], model: Path) -> None:
    open_index(tmp_path / "index", chunks, model=model)
    before = Generation.current(tmp_path / "index")
    other = make_model(tmp_path / "other", seed=1)
    assert open_index(tmp_path / "index", chunks, model=other).status().dense
    assert Generation.current(tmp_path / "index") != before
    with pytest.raises(BadInput, match="index build"):
        open_index(tmp_path / "index", model=model)


@pytest.mark.parametrize(("moment", "had_one"), [("vectors", True), ("switch", True), ("put", False)])
@dense
def test_killed_in_the_middle_of_a_build(
    open_index: Opener, tmp_path: Path, model: Path, moment: str, had_one: bool
) -> None:
    """SIGKILL at ``moment``: an old index stays whole; without one, the next start builds."""
    if had_one:
        open_index(tmp_path / "index", law("noise") + law("water"), model=model)
    program = f"""
import os, signal, sys
from pathlib import Path
from assistant.retrieval import dense, folder, open_index
from tests.retrieval.conftest import law

def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)

dense.VectorStore.add = die if {moment!r} == "vectors" else dense.VectorStore.add
if {moment!r} != "vectors": setattr(folder.Generation, {moment!r}, die)
open_index(Path(sys.argv[1]), law("park"), model=Path(sys.argv[2]))
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, tmp_path / "index", model],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "index").glob("g-*"))) == 1 + had_one
    if had_one:
        assert first(open_index(tmp_path / "index", model=model), "夜间施工") == "noise/1"
    else:
        with pytest.raises(BadInput):
            open_index(tmp_path / "index", model=model)
    assert first(open_index(tmp_path / "index", law("park"), model=model), "放风筝") == "park/1"


def test_leftovers_are_swept_once_they_are_old(open_index: Opener, tmp_path: Path, chunks: list[Chunk]) -> None:
    for name, age in (("g-old", 7200), ("g-young", 0)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    open_index(tmp_path, chunks, model=None)
    assert not (tmp_path / "g-old").exists()
    assert (tmp_path / "g-young").exists()


def test_a_folder_that_cannot_be_written(open_index: Opener, tmp_path: Path, chunks: list[Chunk]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Unavailable, match="不能写入"):
        open_index(tmp_path / "file" / "index", chunks, model=None)


def test_nothing_to_open(open_index: Opener, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="index build"):
        open_index(tmp_path, model=None)


@dense
def test_found_by_meaning_and_fused(open_index: Opener, tmp_path: Path, chunks: list[Chunk], model: Path) -> None:
    index = open_index(tmp_path, chunks, model=model)
    hit = index.search("河", floor=False)[0]
    assert hit.chunk.regulation_id == "water"
    assert hit.dense is not None
    assert "含义相近" in hit.why
    both = index.search("水库钓鱼")[0]
    assert both.lexical is not None
    assert both.lexical > 0
    assert both.dense is not None
    assert both.dense > 0.5
    assert "字面相合" in both.why
    assert index.search("hello") == []


def test_status_says_in_chinese_how_it_searches(
    open_index: Opener, tmp_path: Path, chunks: list[Chunk], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "只按字面（BM25）检索" in open_index(tmp_path / "a", chunks, model=None).status().note
    monkeypatch.setattr("assistant.retrieval.models.missing_parts", lambda: ["chromadb"])
    note = open_index(tmp_path / "b", chunks).status().note
    assert "没有安装语义检索组件（chromadb）" in note
    assert "pip install" in note
    with pytest.raises(Unavailable, match="没有安装 chromadb"):
        open_index(tmp_path / "b", chunks, model="BAAI/bge-small-zh-v1.5")


@dense
@pytest.mark.parametrize(("url", "words"), [("localhost:8000", "看不懂"), ("http://127.0.0.1:9", "连不上")])
def test_a_server_that_cannot_be_had(
    open_index: Opener, tmp_path: Path, chunks: list[Chunk], model: Path, url: str, words: str
) -> None:
    with pytest.raises(Unavailable, match=words):
        open_index(tmp_path, chunks, model=model, chroma_url=url)


@dense
def test_a_server_keeps_only_what_is_in_force(open_index: Opener, tmp_path: Path, model: Path, server: str) -> None:
    open_index(tmp_path, law("park"), model=model, chroma_url=server)
    before = Generation.current(tmp_path)
    index = open_index(tmp_path, law("water"), model=model, chroma_url=server)
    home = Generation.current(tmp_path)
    assert home is not None
    assert before is not None
    assert VectorStore.reopened(before.path, url=server) is None
    assert first(index, "水库钓鱼") == "water/2"
