"""The only LangChain file of explain: one question to an OpenAI-compatible endpoint, streamed line by line."""

import os
import time
from collections.abc import Iterator

from assistant.errors import Unavailable
from assistant.settings import Settings


def ask(prompt: str, settings: Settings) -> Iterator[str]:
    """Lines of the model's reply as they are complete; raises Unavailable with one Chinese line on any fault.

    ``settings.llm_timeout`` bounds the whole answer in seconds.
    """
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        os.environ.pop(name, None)
    try:
        from langchain_core.output_parsers import StrOutputParser
        from langchain_openai import ChatOpenAI
    except ImportError:
        raise Unavailable("没有安装模型组件：请运行 pip install -e '.[llm]'") from None
    model = ChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url or None,
        api_key=settings.llm_api_key or "none",  # type: ignore[arg-type]
        timeout=settings.llm_timeout,
        max_retries=0,
        temperature=0,
    )
    chain = model | StrOutputParser()
    ends = time.monotonic() + settings.llm_timeout
    rest = ""
    try:
        for piece in chain.stream(prompt):
            rest += piece
            *lines, rest = rest.split("\n")
            yield from lines
            if time.monotonic() > ends or len(rest) > 20_000:
                raise Unavailable("模型在限定时间内没有答完")
    except Unavailable:
        raise
    except Exception as error:
        raise Unavailable(f"模型没有给出可用的回答（{type(error).__name__}）") from None
    yield rest
