"""A class on its own pages: opened by the trainer, joined without an account, answered, revealed, reported; what should not work does not."""

import html
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.exercises import Case, Paper
from assistant.exercises.formats import FORMATS
from assistant.exercises.store import Papers, open_store
from assistant.settings import Settings
from assistant.web.asgi import App
from assistant.web.classroom import classroom_routes
from assistant.web.desk import open_desk
from assistant.web.login import OpenDoor

PAPER = Paper(
    title="撤案专题",
    cases=(
        Case(
            id="a",
            text="小王立案后没有报批，私下把案子撤了",
            verdict="fault",
            provisions=("6.5",),
            options=("6.5", "6.1", "7.4"),
            factor_options=("11.1", "12.4"),
        ),
        Case(id="b", text="小王按程序报批，因证据不足撤案", verdict="no_fault", options=("6.5", "6.1")),
    ),
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/class.db"


@pytest.fixture
def app(address: str, tmp_path: Path) -> Iterator[App]:
    app = FastAPI()
    settings = Settings(data_dir=tmp_path, database_url=address)
    routes, close = classroom_routes(open_desk(settings), settings)
    app.include_router(routes)
    app.add_middleware(OpenDoor)
    yield app
    close()


@pytest.fixture
def trainer(app: App, address: str) -> TestClient:
    store = open_store(address)
    Papers(store).keep(PAPER)
    store.close()
    return TestClient(app)


def open_room(trainer: TestClient) -> str:
    page = trainer.post("/class/rooms/", data={"paper": "1"})
    assert page.status_code == 200
    return re.search(r'class="code">(\w{6})<', page.text)[1]  # type: ignore[index]


def join(app: App, code: str, name: str) -> TestClient:
    trainee = TestClient(app)
    page = trainee.post("/join/enter", data={"code": code.lower(), "name": name})
    assert page.status_code == 200, page.text
    return trainee


ANSWER = {"number": "1", "verdict": "fault", "provisions": ["6.5"], "certainty": "3"}


def test_a_class_from_beginning_to_end(app: App, trainer: TestClient) -> None:
    code = open_room(trainer)
    first, second = join(app, code, "张三"), join(app, code, "07")
    assert "小王立案后没有报批" in first.get("/join/room").text
    assert "立案后无正当理由擅自撤案" in first.get("/join/room").text
    assert "收到了" in first.post("/join/answer", data=ANSWER).text
    assert "和刚才的一样" in first.post("/join/answer", data=ANSWER).text
    second.post("/join/answer", data={**ANSWER, "verdict": "no_fault", "provisions": [], "certainty": "3"})
    live = trainer.get(f"/class/rooms/{code}/live").text
    assert "已加入 2 人，这一题收到 2 份答案" in live
    assert "张三" not in live
    step(trainer, code, "stop")
    late = second.post("/join/answer", data=ANSWER)
    assert late.status_code == 409
    assert "停止作答" in late.text
    step(trainer, code, "reveal")
    assert "立案后无正当理由擅自撤案" in first.get("/join/room").text
    assert "构成过错，第六条第（五）项" in re.sub(r"\s+", "", second.get("/join/room").text)
    step(trainer, code, "next", number="1")
    assert "因证据不足撤案" in first.get("/join/room").text
    step(trainer, code, "end")
    report = trainer.get(f"/class/rooms/{code}/report").text
    assert "2 人参加" in report
    assert trainer.get(f"/class/rooms/{code}/report.xlsx").content[:2] == b"PK"
    assert "结束" in first.post("/join/answer", data={**ANSWER, "number": "2"}).text
    trainer.post(f"/class/rooms/{code}/delete")
    assert first.get("/join/room", follow_redirects=False).status_code == 303


def step(trainer: TestClient, code: str, do: str, number: str = "0") -> None:
    assert trainer.post(f"/class/rooms/{code}/step", data={"do": do, "number": number}).status_code == 200


def test_the_key_is_not_on_a_trainees_page_before_it_is_shown(app: App, trainer: TestClient) -> None:
    trainee = join(app, open_room(trainer), "李四")
    page = trainee.get("/join/room").text
    assert "正确答案" not in page
    assert " checked" not in page


def test_a_reload_and_a_second_tab_are_the_same_person(app: App, trainer: TestClient) -> None:
    code = open_room(trainer)
    trainee = join(app, code, "王五")
    trainee.post("/join/answer", data=ANSWER)
    assert "改答案" in trainee.get("/join/room").text
    assert trainee.get("/join/").url.path == "/join/room"
    assert "已加入 1 人" in trainer.get(f"/class/rooms/{code}/live").text


@pytest.mark.parametrize("name", ["<b>粗</b>", "<img src=x onerror=alert(1)>", "=1+1"])
def test_names_stay_text(app: App, trainer: TestClient, name: str) -> None:
    code = open_room(trainer)
    page = join(app, code, name).get("/join/room").text
    assert html.escape(name) in page
    step(trainer, code, "name")
    assert "<img" not in trainer.get(f"/class/rooms/{code}/live").text


def test_wrong_codes_are_slowed_down(app: App, trainer: TestClient) -> None:
    open_room(trainer)
    guess = TestClient(app)
    said = [guess.post("/join/enter", data={"code": f"AAAA{n:02}", "name": "猜"}).status_code for n in range(25)]
    assert said[0] == 400
    assert said[-1] == 429


def test_codes_cannot_be_listed_or_felt_for(app: App, trainer: TestClient) -> None:
    code = open_room(trainer)
    stranger = TestClient(app)
    pages = [stranger.get("/join/", params={"room": typed}).text.replace(typed, "") for typed in (code, "ZZZZZZ")]
    assert pages[0] == pages[1]
    for path in (f"/join/{code}", f"/join/rooms/{code}", "/join/rooms", "/join/rooms/1"):
        assert stranger.get(path).status_code == 404
    assert stranger.get("/join/state").json() == {"version": ""}
    said = [
        stranger.post("/join/enter", data={"code": typed, "name": "猜"}).text.replace(typed, "")
        for typed in ("ZZZZZZ", code[:5] + ("2" if code[5] != "2" else "3"))
    ]
    assert said[0] == said[1]


def test_two_hundred_come_to_one_room(app: App, trainer: TestClient) -> None:
    code = open_room(trainer)
    door = TestClient(app, follow_redirects=False)
    got = [door.post("/join/enter", data={"code": code, "name": f"学员{n}"}).status_code for n in range(200)]
    assert (got.count(303), got.count(400)) == (100, 100)
    assert "已加入 100 人" in trainer.get(f"/class/rooms/{code}/live").text


def test_a_database_that_another_program_holds_is_said_on_the_page(app: App, trainer: TestClient, address: str) -> None:
    trainee = join(app, open_room(trainer), "周八")
    holder = sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        busy = trainee.post("/join/answer", data=ANSWER)
        assert busy.status_code == 409
        assert "正被别的程序占用：请过几秒再试" in busy.text
        holder.execute("ROLLBACK")
    finally:
        holder.close()
    assert "收到了" in trainee.post("/join/answer", data=ANSWER).text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"number": "1", "certainty": "2"}, "还没有选结论"),
        ({"number": "1", "verdict": "fault"}, "还没有选把握"),
        ({"number": "x", "verdict": "fault", "certainty": "1"}, "过期"),
        ({"number": "1", "verdict": "fault", "certainty": "1", "provisions": ["9.9"]}, "选项里没有"),
        ({"number": "2", "verdict": "fault", "certainty": "1"}, "第"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_told(app: App, trainer: TestClient, form: dict[str, str], words: str) -> None:
    trainee = join(app, open_room(trainer), "赵六")
    page = trainee.post("/join/answer", data=form)
    assert page.status_code == 409
    assert words in page.text


def test_another_browser_has_to_take_the_room_over(app: App, trainer: TestClient) -> None:
    code = open_room(trainer)
    other = TestClient(app)
    assert other.get(f"/class/rooms/{code}/").status_code == 404
    assert "撤案专题" in other.post(f"/class/rooms/{code}/take-over").text
    assert trainer.get(f"/class/rooms/{code}/").status_code == 404


def test_rooms_go_on_after_a_restart(app: App, trainer: TestClient, address: str, tmp_path: Path) -> None:
    code = open_room(trainer)
    trainee = join(app, code, "钱七")
    again = FastAPI()
    settings = Settings(data_dir=tmp_path, database_url=address)
    routes, close = classroom_routes(open_desk(settings), settings)
    again.include_router(routes)
    back = TestClient(again, cookies=dict(trainee.cookies))
    try:
        assert "收到了" in back.post("/join/answer", data=ANSWER).text
    finally:
        close()


def test_officers_do_not_make_papers(app: App, trainer: TestClient) -> None:
    app.user_middleware.clear()  # nobody says that this is a trainer
    app.middleware_stack = None
    assert TestClient(app).get("/class/").status_code == 403


def test_a_paper_is_made_looked_through_and_carried_out(trainer: TestClient) -> None:
    made = trainer.post("/class/papers/make", data={"theme": "6.5", "count": "3", "seed": "1"})
    assert made.status_code == 200, made.text
    paper = made.url.path
    assert "第六条第（五）项" in made.text
    for format in ("gift", "moodle", "jsonl", "xlsx", "docx", "apkg"):
        assert trainer.get(f"{paper}/export", params={"format": format}).content
    kept = trainer.post(paper, data={"title": "改过的", "keep": ["0", "1"]})
    assert kept.text.count('name="keep"') == 2
    data = trainer.get(f"{paper}/export", params={"format": "gift"}).content
    again = trainer.post("/class/papers/import", files={"file": ("卷.gift", data)})
    assert again.text.count('name="keep"') == 2


REFUTED = "小米这个月老是迟到早退 {=构成过错 ~不构成过错 ~资料不足 ~不属本办法}"
SOUND = "小王立案后没有报批，私下把案子撤了 {=构成过错 ~不构成过错}\n\n小王立案后没有报批，私下把案子撤了 {~%100%6.5}"


def bring(trainer: TestClient, typed: str) -> str:
    page = trainer.post("/class/papers/import", files={"file": ("自编.gift", typed.encode())})
    assert page.status_code == 200, page.text
    return page.text


def test_an_imported_paper_is_proved_and_the_trainer_sees_what_is_refused(trainer: TestClient) -> None:
    page = bring(trainer, f"{REFUTED}\n\n{SOUND}\n")
    assert "1 题，答案都由引擎核对一致" in page
    assert "没有采用的（1 道）" in page
    assert "答案被引擎否定：结论不同：答案是构成过错，引擎判为不属本办法" in page
    for format in ("gift", "docx", "docx-key", "jsonl"):
        data = trainer.get("/class/papers/2/export", params={"format": format}).content
        assert "迟到早退" not in (data.decode() if format in {"gift", "jsonl"} else docx_text(data))
    room = trainer.post("/class/rooms/", data={"paper": "2"}).text
    assert "私下把案子撤了" in room
    assert "迟到早退" not in room


def docx_text(data: bytes) -> str:
    from io import BytesIO

    from docx import Document

    return "\n".join(line.text for line in Document(BytesIO(data)).paragraphs)


def test_a_paper_with_nothing_proved_opens_no_room_and_prints_nothing(trainer: TestClient) -> None:
    page = bring(trainer, REFUTED)
    assert "没有能用的题" in page
    assert "导出" not in page.split("没有能用的题")[0]
    assert trainer.post("/class/rooms/", data={"paper": "2"}).url.path == "/class/papers/2"
    assert trainer.get("/class/papers/2/export", params={"format": "docx"}).url.path == "/class/papers/2"


def test_a_key_typed_alone_gets_wrong_options_beside_it(trainer: TestClient) -> None:
    bring(trainer, SOUND)
    case = json.loads(trainer.get("/class/papers/2/export", params={"format": "jsonl"}).text)
    assert case["provisions"] == ["6.5"]
    assert len(case["options"]) >= 5
    assert len(case["factor_options"]) >= 4
    assert case["sanctions"]


def test_a_kept_key_that_is_no_longer_proved_goes_nowhere_unseen(trainer: TestClient, address: str) -> None:
    stale = Case(id="old", text="小米这个月老是迟到早退", verdict="fault", provisions=("6.5",), options=("6.5", "6.1"))
    store = open_store(address)
    number = Papers(store).keep(Paper(title="旧卷", cases=(PAPER.cases[0], stale)))
    store.close()
    page = trainer.post("/class/rooms/", data={"paper": str(number)})
    assert page.url.path == f"/class/papers/{number}"
    assert "有 1 道题的答案现在证明不了" in page.text
    assert "迟到早退" not in trainer.post("/class/rooms/", data={"paper": str(number)}).text


@pytest.mark.parametrize("format", ["gift", "moodle", "xlsx", "jsonl"])
def test_a_paper_carried_out_and_back_in_is_the_same(trainer: TestClient, format: str) -> None:
    made = trainer.post("/class/papers/make", data={"theme": "fault", "count": "8", "seed": "2"}).url.path
    file = trainer.get(f"{made}/export", params={"format": format})
    name = "卷" + FORMATS[format].suffix
    back = trainer.post("/class/papers/import", files={"file": (name, file.content)}).url.path
    exported = [trainer.get(f"{path}/export", params={"format": "jsonl"}).text for path in (made, back)]
    assert exported[0] == exported[1]
    assert exported[0].count("\n") == 8


def test_a_twin_that_is_not_proved_keeps_a_case_out_until_it_is_mended(trainer: TestClient) -> None:
    twin = {"text": "小米这个月老是迟到早退", "verdict": "no_fault"}
    case = {"id": "t", "text": PAPER.cases[0].text, "verdict": "fault", "provisions": ["6.5"], "twin": twin}
    files = {"file": ("卷.jsonl", json.dumps(case, ensure_ascii=False).encode())}
    assert "对照的一题：结论不同" in trainer.post("/class/papers/import", files=files).text
    typed = {"known": "t", "text": case["text"], "verdict": "fault", "provisions": "6.5"}
    assert "1 题，答案都由引擎核对一致" in trainer.post("/class/papers/2/cases/0", data=typed).text


def test_a_refused_case_is_mended_and_proved_again(trainer: TestClient) -> None:
    bring(trainer, f"{REFUTED}\n\n{SOUND}\n")
    form = trainer.get("/class/papers/2/cases/1").text
    assert "小米这个月老是迟到早退" in form
    known = re.search(r'name="known" value="([^"]+)"', form)[1]  # type: ignore[index]
    typed = {"known": known, "text": "小米这个月老是迟到早退", "verdict": "out_of_scope"}
    assert "2 题，答案都由引擎核对一致" in trainer.post("/class/papers/2/cases/1", data=typed).text
    wrong = trainer.post("/class/papers/2/cases/1", data={**typed, "provisions": "第九十九条"})
    assert wrong.status_code == 422
    assert "条项的选项" in wrong.text
    moved = trainer.post("/class/papers/2/cases/0", data=typed)
    assert "题号变了" in moved.text
    assert trainer.get("/class/papers/2/cases/7").status_code == 422


def test_practising_alone_goes_from_case_to_case(app: App) -> None:
    visitor = TestClient(app)
    assert "自己练" in visitor.get("/practice/").text
    where = {"theme": "6.5", "seed": "3", "difficulty": ""}
    asked = visitor.get("/practice/case", params=where)
    assert "第 1 / 10 题" in asked.text
    assert visitor.get("/practice/case", params=where).text == asked.text
    told = visitor.post("/practice/answer", params=where, data={"number": "1", "verdict": "no_fault", "certainty": "2"})
    assert "正确答案" in told.text
    following = re.search(r'href="(/practice/case\?[^"]+)"', told.text)[1]  # type: ignore[index]
    assert "第 2 / 10 题" in visitor.get(following.replace("&amp;", "&")).text
    short = visitor.post("/practice/answer", params=where, data={"number": "1"})
    assert short.status_code == 422
    assert "还没有选结论" in short.text


def test_a_case_is_told_piece_by_piece(app: App) -> None:
    visitor = TestClient(app)
    page = visitor.get("/practice/branch", params={"theme": "6.3", "seed": "1"})
    for _ in range(30):
        if "案情说完了" in page.text:
            break
        following = re.search(r'href="(/practice/branch\?[^"]+asked=[^"]+)"', page.text)
        assert following is not None
        page = visitor.get(following[1].replace("&amp;", "&"))
    assert "案情说完了" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/practice/case?theme=99",
        "/practice/case?theme=6.5&n=99",
        "/practice/branch?theme=6.5&asked=9",
        "/practice/case",
    ],
)
def test_addresses_that_lead_nowhere_are_told(app: App, path: str) -> None:
    page = TestClient(app).get(path)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
