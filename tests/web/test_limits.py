"""How much one visitor may ask: calls in a minute and bytes in a request, by middlewares around a small application."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.limits import MIB, Meter, RateLimit, SizeLimit


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_meter_gives_its_burst_then_fills_again() -> None:
    clock = Clock()
    meter = Meter(per_minute=60, burst=2, clock=clock)
    assert [meter.take("a"), meter.take("a")] == [0, 0]
    assert meter.take("a") == 1
    assert meter.take("b") == 0
    clock.now = 1.0
    assert meter.take("a") == 0
    assert meter.take("a") == 1
    clock.now = 600
    assert [meter.take("a"), meter.take("a")] == [0, 0]
    assert meter.take("a") > 0


def test_waiting_is_not_pushed_back_by_asking_again() -> None:
    clock = Clock()
    meter = Meter(per_minute=60, burst=1, clock=clock)
    assert meter.take("a") == 0
    for clock.now in (0.25, 0.5, 0.75):
        assert meter.take("a") == pytest.approx(1 - clock.now)
    clock.now = 1.0
    assert meter.take("a") == 0


def test_a_meter_remembers_a_bounded_number_of_clients_and_forgets_when_told() -> None:
    meter = Meter(per_minute=1, burst=1, remembered=2)
    assert [meter.take(name) for name in "abc"] == [0, 0, 0]
    assert meter.take("c") > 0
    assert meter.take("a") == 0  # pushed out by the others
    meter.forget("a")
    assert meter.take("a") == 0


async def _length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _parsed(request: Request) -> Response:
    try:
        await request.body()
    except Exception:
        return PlainTextResponse("broken", status_code=400)
    return PlainTextResponse("whole")


@pytest.fixture
def client() -> Iterator[TestClient]:
    routes = [
        Route("/api/parsed", _parsed, methods=["POST"]),
        Route("/{path:path}", _length, methods=["GET", "POST"]),
    ]
    meter = Meter(per_minute=1, burst=3)
    app = Starlette(routes=routes, middleware=[Middleware(SizeLimit), Middleware(RateLimit, meter=meter)])
    with TestClient(app) as found:
        yield found


def test_too_many_calls_get_a_problem_that_says_how_long_to_wait(client: TestClient) -> None:
    assert [client.post("/api/ask").status_code for _ in range(3)] == [200] * 3
    refused = client.post("/gradio_api/queue/join")
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] in refused.json()["detail"]
    assert client.get("/api/provisions/6.5").status_code == 429
    assert client.get("/").status_code == 200
    assert client.get("/gradio_api/queue/data").status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [("/api/ask", MIB), ("/login", 64 * 1024), ("/gradio_api/upload", 24 * MIB), ("/class/papers/import", 5 * MIB)],
)
def test_a_body_that_is_declared_too_large_is_refused_before_it_is_read(
    client: TestClient, path: str, most: int
) -> None:
    assert client.post(path, content=b"x" * most).text == str(most)
    refused = client.post(path, content=b"x" * (most + 1))
    assert refused.status_code == 413
    assert refused.json()["status"] == 413
    assert "最多" in refused.json()["detail"]


@pytest.mark.parametrize("path", ["/api/ask", "/api/parsed"])
def test_a_body_that_grows_too_large_is_refused_whatever_the_application_makes_of_it(
    client: TestClient, path: str
) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(5):
            yield b"x" * (MIB // 4)

    refused = client.post(path, content=parts())
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
