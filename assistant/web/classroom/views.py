"""Templates filled with values; everything that people wrote is escaped on the way."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from assistant.errors import AssistantError
from assistant.exercises import POINTS
from assistant.exercises.words import NOTICE, SOURCES, VERDICTS
from assistant.web.problems import status_of

CERTAINTIES = {1: "没把握", 2: "有些把握", 3: "很有把握"}
MARKS = {n: f"答对 {gain:+d} 分，答错 {loss} 分" for n, (gain, loss) in POINTS.items()}
STAGES = {"open": "正在作答", "stopped": "已停止作答", "revealed": "已公布答案", "ended": "已结束"}


class Pages:
    """The pages of a class; ``labels`` and ``quotes`` give what people call a place of the law, its verbatim words, and ``ways`` the
    ids of the ways of accounting."""

    def __init__(self, *, labels: Mapping[str, str], quotes: Mapping[str, str], ways: Sequence[str]) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        folder = Path(__file__).parent / "templates"
        self._templates = Environment(
            loader=FileSystemLoader(folder, encoding="utf-8"), autoescape=True, undefined=StrictUndefined
        )
        self._templates.globals.update(
            labels=labels,
            quotes=quotes,
            verdicts=VERDICTS,
            notice=NOTICE,
            certainties=CERTAINTIES,
            stages=STAGES,
            sources=SOURCES,
            marks=MARKS,
            ways=ways,
        )

    def show(self, request: Request, page: str, /, *, status: int = 200, note: str = "", **values: Any) -> HTMLResponse:
        """The template ``page`` with ``note`` on top where there is one; never kept by the browser."""
        text = self._templates.get_template(f"{page}.html").render(request=request, note=note, **values)
        return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})

    @property
    def route(self) -> type[APIRoute]:
        """A route whose errors are said on a page, in one line."""
        pages = self

        class Kindly(APIRoute):
            def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
                handle = super().get_route_handler()

                async def kindly(request: Request) -> Response:
                    try:
                        return await handle(request)
                    except NotTrainer as error:
                        return pages.show(request, "note", status=403, note=str(error))
                    except AssistantError as error:
                        return pages.show(request, "note", status=status_of(error), note=str(error))
                    except RequestValidationError:
                        return pages.show(
                            request, "note", status=422, note="表单没有填全，或者填得不对：请退回上一页再试"
                        )

                return kindly

        return Kindly


class NotTrainer(AssistantError):
    """What only a trainer may do was asked for by somebody else."""
