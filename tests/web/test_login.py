"""The door: accounts on disk, the login page, and a real server on which every route but two demands a login."""

import json
import re
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from assistant.errors import BadInput
from assistant.settings import Settings
from assistant.web import serve
from assistant.web.accounts import Accounts
from assistant.web.login import COOKIE, Gate, OpenDoor, is_open, role_of
from assistant.web.login_page import login_routes
from assistant.web.sessions import Passwords, Sessions
from evals.visiting import ROOT, served

PASSWORD = "mi-ma-12345"


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.json"
    accounts = Accounts(path)
    accounts.add("张三", PASSWORD, "officer")
    accounts.add("li", PASSWORD, "trainer")
    return path


@pytest.fixture
def client(users_file: Path) -> Iterator[TestClient]:
    accounts = Accounts(users_file)
    secret = accounts.secret()
    sessions, passwords = Sessions(accounts=accounts, secret=secret), Passwords(accounts, secret)
    app = FastAPI()
    app.include_router(login_routes(sessions, passwords))

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    def whoever(request: Request) -> dict[str, Any]:
        return {"role": role_of(request), "user": request.scope.get("assistant.user")}

    app.add_middleware(Gate, sessions=sessions, passwords=passwords)
    with TestClient(app, follow_redirects=False) as found:
        yield found


def _log_in(client: TestClient, name: str, password: str, target: str = "/") -> Any:
    form = re.search('name="form" value="([^"]+)"', client.get("/login").text)
    assert form
    return client.post("/login", data={"name": name, "password": password, "form": form[1], "next": target})


def _basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


# accounts


def test_passwords_are_kept_hashed_in_files_of_the_owner_only(users_file: Path) -> None:
    assert PASSWORD not in users_file.read_text(encoding="utf-8")
    assert "$argon2id$" in users_file.read_text(encoding="utf-8")
    Accounts(users_file).secret()
    for path in (users_file, users_file.with_name(users_file.name + ".secret")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_user_is_known_by_the_right_password_only(users_file: Path) -> None:
    accounts = Accounts(users_file)
    found = accounts.check("li", PASSWORD)
    assert found
    assert (found.name, found.role) == ("li", "trainer")
    assert accounts.check("li", PASSWORD + "x") is None
    assert accounts.check("nobody", PASSWORD) is None


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("", PASSWORD, "用户名"),
        ("a:b", PASSWORD, "冒号"),
        (" a", PASSWORD, "空格"),
        ("a\n", PASSWORD, "用户名"),
        ("a", "short", "8"),
    ],
)
def test_names_and_passwords_that_will_not_do(tmp_path: Path, name: str, password: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Accounts(tmp_path / "u.json").add(name, password, "officer")
    assert not (tmp_path / "u.json").exists()


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{",
        "users: 3",
        '{"users": {"a": {"password": "plain"}}}',
        '{"users": {"a": {"password": "$argon2id$x", "role": "boss"}}}',
    ],
)
def test_a_users_file_that_cannot_be_understood_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "u.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=r"u\.yaml.*users add"):
        Accounts(path).users()


def test_yaml_written_by_hand_is_read(users_file: Path, tmp_path: Path) -> None:
    hashed = json.loads(users_file.read_text(encoding="utf-8"))["users"]["li"]["password"]
    path = tmp_path / "u.yaml"
    path.write_text(f"users:\n  王五:\n    password: {hashed}\n", encoding="utf-8")
    found = Accounts(path).check("王五", PASSWORD)
    assert found
    assert found.role == "officer"


def _cli(*arguments: str, told: str = "", folder: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "", "ASSISTANT_DATA_DIR": str(folder), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "assistant", "users", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, input=told, capture_output=True, text=True, check=False)


def test_users_are_added_listed_and_removed_by_command(tmp_path: Path) -> None:
    added = _cli("add", "wang", "--trainer", told=f"{PASSWORD}\n{PASSWORD}\n", folder=tmp_path)
    assert added.returncode == 0, added.stderr
    assert "ASSISTANT_USERS=" in added.stdout
    assert PASSWORD not in added.stdout + added.stderr
    assert _cli("list", folder=tmp_path).stdout == "wang\t教员\n"
    unlike = _cli("add", "zhao", told=f"{PASSWORD}\nanother-one\n", folder=tmp_path)
    assert (unlike.returncode, "不一样" in unlike.stderr) == (2, True)
    assert _cli("remove", "zhao", folder=tmp_path).returncode == 2
    assert _cli("remove", "wang", folder=tmp_path).returncode == 0
    assert Accounts(tmp_path / "users.json").users() == {}


# the door


def test_where_nobody_logs_in_everybody_is_a_trainer() -> None:
    app = FastAPI()

    @app.get("/")
    def role(request: Request) -> str:
        return role_of(request)

    assert TestClient(app).get("/").json() == "officer"
    app = FastAPI()
    app.get("/")(role)
    app.add_middleware(OpenDoor)
    assert TestClient(app).get("/").json() == "trainer"


def test_logging_in_leads_back_and_knows_the_role(client: TestClient) -> None:
    turned = client.get("/tab?x=1", headers={"accept": "text/html"})
    assert (turned.status_code, turned.headers["location"]) == (303, "/login?next=/tab%3Fx%3D1")
    assert 'value="/tab?x=1"' in client.get(turned.headers["location"]).text
    done = _log_in(client, "张三", PASSWORD, "/tab?x=1")
    assert (done.status_code, done.headers["location"]) == (303, "/tab?x=1")
    set_cookie = next(value for value in done.headers.get_list("set-cookie") if value.startswith(COOKIE))
    assert "HttpOnly" in set_cookie
    assert "SameSite=lax" in set_cookie
    assert client.get("/tab").json() == {"role": "officer", "user": "张三"}


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_logging_in_never_leads_to_another_site(client: TestClient, target: str) -> None:
    assert _log_in(client, "li", PASSWORD, target).headers["location"] == "/"


def test_wrong_passwords_and_forged_forms_are_turned_away(client: TestClient) -> None:
    wrong = _log_in(client, "li", "wrong-password")
    assert wrong.status_code == 401
    assert "不对" in wrong.text
    assert COOKIE not in client.cookies
    forged = client.post("/login", data={"name": "li", "password": PASSWORD, "form": "made-up"})
    assert forged.status_code == 403
    assert COOKIE not in client.cookies
    shown = _log_in(client, '"><img src=x>', "wrong-password").text
    assert "<img" not in shown


def test_guessing_is_slowed_down_at_both_doors(client: TestClient) -> None:
    codes = [client.get("/api/x", headers=_basic("li", f"guess-{number}")).status_code for number in range(11)]
    assert codes == [401] * 10 + [429]
    refused = _log_in(client, "li", PASSWORD)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_programs_use_basic_and_are_told_so(client: TestClient) -> None:
    refused = client.get("/api/x")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"].startswith("Basic")
    for _ in range(15):  # a right password is not counted
        assert client.get("/api/x", headers=_basic("li", PASSWORD)).json() == {"role": "trainer", "user": "li"}
    for bad in ("Basic !!!", "Basic /////w==", "Bearer x", "Basic"):
        assert client.get("/api/x", headers={"authorization": bad}).status_code == 401


def test_a_session_ends_with_the_password_the_name_or_the_secret(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "u.json")
    accounts.add("li", PASSWORD, "officer")
    sessions = Sessions(accounts=accounts, secret=accounts.secret())
    value = sessions.open(accounts.users()["li"])
    assert sessions.user(value)
    assert sessions.user(value[:-2] + "xx") is None
    assert Sessions(accounts=accounts, secret="other").user(value) is None
    Accounts(tmp_path / "u.json").add("li", "a-new-password", "officer")
    assert sessions.user(value) is None
    value = sessions.open(accounts.users()["li"])
    Accounts(tmp_path / "u.json").remove("li")
    assert sessions.user(value) is None


def test_logging_out_ends_it_for_the_browser(client: TestClient) -> None:
    _log_in(client, "li", PASSWORD)
    assert client.get("/x").status_code == 200
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/x").status_code == 401


def test_trainees_join_without_an_account() -> None:
    assert is_open("/join/ABC123")
    assert not is_open("/join")
    assert not is_open("/joining")
    assert not is_open("/login/x")


# a real server


@pytest.fixture(scope="module")
def guarded(users_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("guarded"), ASSISTANT_USERS=str(users_file), ASSISTANT_HOST="0.0.0.0") as found:
        yield found


def _status(address: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None) -> int:
    request = urllib.request.Request(address, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


ROUTES = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/mcp/schema"),
    ("GET", "/gradio_api/mcp/sse"),
    ("POST", "/gradio_api/mcp/"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/call/triage"),
    ("POST", "/gradio_api/run/triage"),
    ("POST", "/api/triage"),
    ("POST", "/api/ask"),
    ("GET", "/api/provisions/6.5"),
    ("GET", "/api/openapi.json"),
    ("GET", "/static/x"),
    ("GET", "/assets/x"),
    ("GET", "/no-such-page"),
    ("POST", "/logout"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_demands_a_login(guarded: str, method: str, path: str) -> None:
    body = b"{}" if method == "POST" else None
    assert _status(guarded + path, method, {"content-type": "application/json"}, body) == 401


def test_two_routes_do_not(guarded: str) -> None:
    assert _status(guarded + "/healthz") == 200
    assert _status(guarded + "/login") == 200


def test_with_a_login_the_page_and_the_interface_open(guarded: str) -> None:
    headers = {**_basic("li", PASSWORD), "content-type": "application/json"}
    assert _status(guarded + "/", headers=headers) == 200
    assert _status(guarded + "/config", headers=headers) == 200
    assert _status(guarded + "/api/provisions/6.5", headers=headers) == 200
    body = json.dumps({"text": "小王立案后没有报批就把案子撤了"}).encode()
    assert _status(guarded + "/api/triage", "POST", headers, body) == 200


@pytest.mark.browser
def test_a_person_logs_in_in_a_browser_and_nothing_leaves_the_machine(guarded: str, browser: Any) -> None:
    context = browser.new_context()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    page.goto(guarded)
    assert page.url.startswith(f"{guarded}/login")
    page.fill("#name", "张三")
    page.fill("#password", "wrong-password")
    page.click("button")
    assert "不对" in page.inner_text("[role=alert]")
    page.fill("#password", PASSWORD)
    page.click("button")
    page.wait_for_selector("#told textarea")
    page.fill("#told textarea", "小王立案后也没个说法就把案子撤了")
    page.click("#told button.submit-button")
    page.wait_for_selector("#panel .verdict")
    assert [url for url in requests if not url.startswith((guarded, "data:", "blob:"))] == []
    context.close()


# starting


def test_other_addresses_need_users(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="users add"):
        serve(Settings(host="0.0.0.0"))
    with pytest.raises(BadInput, match="还没有人"):
        serve(Settings(host="0.0.0.0", users=str(tmp_path / "none.json")))


def test_a_limit_that_lets_nobody_in_is_refused() -> None:
    with pytest.raises(BadInput, match="至少写 1"):
        serve(Settings(calls_per_minute=0))
