"""The only LangChain file: one prompt to an OpenAI-compatible endpoint, streamed line by line, within a time.

A setting ``llm_model`` of ``scripted:FILE`` answers from a file instead, for shows and tests without an endpoint.
"""

import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from assistant.errors import Unavailable
from assistant.settings import Settings

SCRIPTED = "scripted:"
_LONGEST = 20_000  # characters of one reply


def ask(prompt: str, settings: Settings, *, ends: float) -> Iterator[str]:
    """Lines of the model's reply, each as soon as it is complete; ``ends`` is a ``time.monotonic()``.

    Raises Unavailable with one Chinese line when there is no whole reply by then, whatever the endpoint did.
    """
    left = ends - time.monotonic()
    if left <= 0:
        raise Unavailable("模型在限定时间内没有答完")
    rest, length = "", 0
    with closing(_until(ends, _chain(settings, left), prompt)) as pieces:
        for piece in pieces:
            rest += piece
            length += len(piece)
            *lines, rest = rest.split("\n")
            yield from lines
            if length > _LONGEST:
                raise Unavailable("模型答得没有完")
    if not length:
        raise Unavailable("模型的回答是空的")
    yield rest


def _until(ends: float, chain: Any, prompt: str) -> Generator[str]:
    """The pieces of ``chain``'s answer. It is read in a thread of its own, so that an endpoint that hangs, or drips on
    and on, holds up nobody: when time is up the thread is left to hang up by itself. The model stands last in the chain:
    a parser behind it would first read it to its end, which an endless one has not.
    """
    pieces: Queue[str | Exception | None] = Queue()
    over = Event()

    def read() -> None:
        try:
            with closing(chain.stream({"prompt": prompt})) as messages:
                for message in messages:
                    if over.is_set():
                        return
                    pieces.put(str(message.text))
            pieces.put(None)
        except Exception as error:
            pieces.put(error)

    Thread(target=read, daemon=True, name="model").start()
    try:
        while True:
            piece = pieces.get(timeout=max(0.0, ends - time.monotonic()))
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise Unavailable(f"模型没有给出可用的回答（{_reason(piece)}）") from None
            yield piece
    except Empty:
        raise Unavailable("模型在限定时间内没有答完，超时") from None
    finally:
        over.set()


def _chain(settings: Settings, timeout: float) -> Any:
    """The runnables from a prompt's text to a stream of messages."""
    model = _model(settings, timeout)
    from langchain_core.prompts import ChatPromptTemplate

    return ChatPromptTemplate.from_messages([("human", "{prompt}")]) | model


def _model(settings: Settings, timeout: float) -> Any:
    """LangChain's chat model of the settings; raises Unavailable when the components are not installed."""
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ.pop(name, None)
    try:
        from langchain_openai import ChatOpenAI
    except ImportError:
        raise Unavailable("没有安装模型组件：请运行 pip install -e '.[llm]'") from None
    if settings.llm_model.startswith(SCRIPTED):
        return scripted(settings.llm_model.removeprefix(SCRIPTED))
    return ChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url or None,
        api_key=settings.llm_api_key or "none",  # type: ignore[arg-type]
        timeout=timeout,
        max_retries=0,
        temperature=0,
    )


def scripted(file: str) -> Any:
    """A model that answers every prompt with the words of ``file``; raises Unavailable when it cannot be read."""
    from langchain_core.language_models.fake_chat_models import FakeListChatModel

    try:
        return FakeListChatModel(responses=[Path(file).read_text(encoding="utf-8")])
    except (OSError, UnicodeDecodeError):
        raise Unavailable(f"读不了脚本模型的文件 {file}") from None


def _reason(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    known = {401: "密钥不对", 403: "没有权限", 404: "地址或模型名不对", 429: "请求太多", 500: "服务器出错"}
    if isinstance(status, int):
        return f"{status} {known.get(status, '')}".strip()
    name = type(error).__name__
    if isinstance(error, ValueError):
        return "回答是空的，或者不合约定的格式"
    if "Timeout" in name:
        return "超时"
    return "连不上" if "Connect" in name else name
