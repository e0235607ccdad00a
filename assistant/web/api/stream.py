"""An answer as it is settled, as server-sent events: ``answer`` grows by verified sentences, ``reply`` is the whole."""

from collections.abc import Iterator
from itertools import chain

import msgspec

from assistant.chat import Assistant, CaseFile
from assistant.errors import AssistantError
from assistant.web import problems
from assistant.web.api.asked import Asked


def events(assistant: Assistant, asked: Asked) -> Iterator[bytes]:
    """The events of ``asked``, each with the number of its turn from 0; an ``error`` event ends a stream that cannot go on.

    What is wrong with the first turn is raised at once, before anything is sent.
    """
    rest = _events(assistant, asked.turns or [asked.text or ""])
    return chain([next(rest)], _guarded(rest))


def _events(assistant: Assistant, turns: list[str]) -> Iterator[bytes]:
    case = CaseFile()
    for number, text in enumerate(turns):
        for part in assistant.stream(case, text):
            if isinstance(part, str):
                yield _event("answer", {"turn": number, "answer": part})
            else:
                reply, case = part
                yield _event("reply", {"turn": number, **msgspec.to_builtins(reply)})


def _guarded(rest: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from rest
    except AssistantError as error:
        yield _event("error", problems.body(problems.status_of(error), str(error)))


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: ".encode() + msgspec.json.encode(data) + b"\n\n"
