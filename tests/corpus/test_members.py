"""The room's public door, and that walking through it is cheap."""

import subprocess
import sys

import assistant.corpus
from assistant.corpus import Regulation

HEAVY = {
    "yaml",
    "numpy",
    "torch",
    "gradio",
    "chromadb",
    "langchain",
    "langchain_core",
    "sentence_transformers",
    "jieba",
}


def test_every_name_at_the_door_is_there() -> None:
    names = assistant.corpus.__all__
    assert names == sorted(names)
    public = {
        name
        for name, value in vars(assistant.corpus).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("assistant.corpus")
    }
    assert set(names) == public


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, assistant.corpus; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_its_values_document_themselves(xushui: Regulation) -> None:
    for name in assistant.corpus.__all__:
        assert getattr(assistant.corpus, name).__doc__
    assert "text" in repr(xushui)
