"""The model in the box, other models, and what is said when one cannot be had; nothing is ever looked up outside."""

import importlib.util
import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import Unavailable
from assistant.retrieval import Chunk, chunks_from_rows, open_index
from assistant.retrieval.fuse import FILE, Rule
from assistant.retrieval.models import load_embedder, locate, shipped
from assistant.retrieval.static import MARK, StaticModel, spelled
from tests.retrieval.conftest import law, make_model

heavy = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning")
no_transformers = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None, reason="the dense extra is not installed"
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to connect or to resolve a name, each refused."""
    tried: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        tried.append(args)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_vectors_have_length_one_and_repeat_nothing(model: Path) -> None:
    found = StaticModel(model)
    vectors = found.encode(["水库", "水库水库水库", "hello", "钓鱼"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1], atol=1e-6)
    assert vectors[0] @ vectors[3] < 0.9
    assert found.encode([]).shape == (0, found.dimensions)


@heavy
@no_transformers
def test_sentence_transformers_gives_the_same_vectors(model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [chunk.text for chunk in law("water") + law("noise")]
    theirs = SentenceTransformer(str(model), device="cpu", local_files_only=True).encode([spelled(t) for t in texts])
    np.testing.assert_allclose(theirs, StaticModel(model).encode(texts), atol=1e-5)


@heavy
@no_transformers
def test_any_sentence_transformers_folder_will_do(tmp_path: Path, chunks: list[Chunk], model: Path) -> None:
    other = shutil.copytree(model, tmp_path / "other")
    (other / MARK).unlink()
    with open_index(tmp_path / "index", chunks, model=other) as index:
        assert index.status().dense == str(other)
        assert index.search("水库钓鱼", floor=False)[0].dense is not None


@pytest.mark.skipif(importlib.util.find_spec("chromadb") is None, reason="the dense extra is not installed")
def test_no_look_up_is_made(tmp_path: Path, chunks: list[Chunk], model: Path, no_network: list[object]) -> None:
    for _ in range(2):
        with open_index(tmp_path, chunks, model=model) as index:
            assert index.search("水库钓鱼")[0].dense is not None
    assert no_network == []


@pytest.mark.parametrize("name", ["/no/such/folder", "./missing", "just-a-word", "a/b/c"])
def test_a_folder_that_is_not_there(name: str) -> None:
    with pytest.raises(Unavailable, match="找不到模型文件夹"):
        locate(name)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"不像模型文件夹.*modules\.json"):
        locate(tmp_path)


@heavy
@no_transformers
def test_a_hub_name_without_a_network(
    no_network: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(Unavailable, match="HF_HUB_OFFLINE"):
        locate("nobody/no-such-model")
    assert no_network == []
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with pytest.raises(Unavailable, match="模型 nobody/no-such-model 取不到"):
        locate("nobody/no-such-model")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("model.safetensors", "junk", "读不出来"),
        ("tokenizer.json", "{}", "读不出来"),
        (FILE, "{", "读不出来"),
        (FILE, '{"lexical": 1, "nonsense": 2}', "读不出来"),
    ],
)
def test_a_damaged_model(tmp_path: Path, chunks: list[Chunk], name: str, content: str, words: str) -> None:
    pytest.importorskip("chromadb")
    folder = make_model(tmp_path / "model")
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(Unavailable, match=words):
        open_index(tmp_path / "index", chunks, model=folder)


def test_the_rule_and_its_prior(tmp_path: Path) -> None:
    chunks = chunks_from_rows([{"id": n, "name": f"{title}第一条", "text": "水"} for n, title in enumerate("甲乙")])
    rule = Rule(lexical=0.5, prior=2.0, laws={"乙": 0.25})
    priors = rule.priors(chunks)
    np.testing.assert_allclose(priors, [0, 0.5])
    np.testing.assert_allclose(rule.priors(chunks[1:]), [0])
    np.testing.assert_allclose(Rule(length=0.1).priors(chunks), 0.1 * np.log([2, 2]), rtol=1e-6)
    one = np.ones(2, dtype=np.float32)
    np.testing.assert_allclose(rule.fused(one, one, priors), [1.5, 2.0])
    assert rule.most == pytest.approx(2.0)
    assert Rule.of_model(tmp_path) == Rule()


def test_the_model_in_the_box() -> None:
    folder = shipped()
    if folder is None:
        pytest.skip("no model in this checkout")
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 16_000_000
    assert json.loads((folder / "modules.json").read_text(encoding="utf-8"))[0]["type"].endswith("StaticEmbedding")
    embedder = load_embedder(folder)
    near, far = (embedder.query(text) for text in ("老板拖欠工资怎么办", "遗产由谁继承"))
    pay, estate = embedder.passages(
        chunks_from_rows([
            {"id": 1, "name": "劳动合同法第三十条", "text": "用人单位应当及时足额支付劳动报酬。"},
            {"id": 2, "name": "民法典第一千一百二十七条", "text": "遗产按照下列顺序继承：配偶、子女、父母。"},
        ])
    )
    assert near @ pay > near @ estate
    assert far @ estate > far @ pay


@heavy
@no_transformers
def test_a_cross_encoder_reorders(tmp_path: Path, chunks: list[Chunk]) -> None:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "水", "库"]), encoding="utf-8")
    config = BertConfig(
        vocab_size=6, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(tmp_path / "cross")
    BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "cross")
    plain = open_index(None, chunks).search("在水库钓鱼", floor=False)
    index = open_index(None, chunks, reranker=tmp_path / "cross")
    read = index.search("在水库钓鱼", floor=False)
    assert {hit.chunk for hit in read} == {hit.chunk for hit in plain}
    assert [hit.score for hit in read] == sorted((hit.score for hit in read), reverse=True)
    assert all(0 <= hit.score <= 1 and "重排" in hit.why for hit in read)
    assert len(index.search("在水库钓鱼", floor=False, top=2)) == 2
    assert index.search("公园条例第二条", top=3)[0].chunk.regulation_id == "park"
    with pytest.raises(Unavailable, match="找不到模型文件夹"):
        open_index(None, chunks, reranker="/no/such/folder")
