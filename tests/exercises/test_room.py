"""A class from the code to the end: who may do what when, what each may see, and that nothing is lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

import msgspec
import pytest
from sqlalchemy import text

from assistant.errors import BadInput
from assistant.exercises import Answer, Paper
from assistant.exercises.door import Doorkeeper, TooManyTries
from assistant.exercises.room import Progress, Refused, clean_name, new_code, read_code
from assistant.exercises.store import Rooms, Store, open_store
from tests.exercises.conftest import NO_FAULT, RIGHT, WRONG, mark

Opening = Callable[..., Store]


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        (Progress(0, 3, "open"), Progress.stop, Progress(0, 3, "stopped")),
        (Progress(0, 3, "revealed"), Progress.stop, Progress(0, 3, "revealed")),
        (Progress(0, 3, "open"), Progress.reveal, Progress(0, 3, "revealed")),
        (Progress(0, 3, "stopped"), Progress.reveal, Progress(0, 3, "revealed")),
        (Progress(0, 3, "revealed"), lambda p: p.next(number=1), Progress(1, 3, "open")),
        (Progress(1, 3, "open"), lambda p: p.next(number=1), Progress(1, 3, "open")),
        (Progress(2, 3, "open"), Progress.end, Progress(2, 3, "ended")),
        (Progress(2, 3, "ended"), Progress.end, Progress(2, 3, "ended")),
    ],
)
def test_a_class_moves_on(before: Progress, step: Callable[[Progress], Progress], after: Progress) -> None:
    assert step(before) == after


@pytest.mark.parametrize(
    ("before", "step", "says"),
    [
        (Progress(0, 3, "ended"), Progress.stop, "已经结束"),
        (Progress(0, 3, "ended"), Progress.reveal, "已经结束"),
        (Progress(0, 3, "ended"), lambda p: p.next(number=1), "已经结束"),
        (Progress(2, 3, "revealed"), lambda p: p.next(number=3), "最后一题：请点“结束”"),
        (Progress(0, 3, "stopped"), lambda p: p.check_open(1), "第 1 题已停止作答"),
        (Progress(1, 3, "open"), lambda p: p.check_open(1), "现在是第 2 题"),
        (Progress(1, 3, "ended"), lambda p: p.check_open(2), "不再收答案"),
    ],
)
def test_a_step_that_is_not_allowed_says_why(before: Progress, step: Callable[[Progress], object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        step(before)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张 三 ", "张 三"),
        ("07", "07"),
        ("<img src=x onerror=1>", "<img src=x onerror=1>"),
        ("=1+1", "=1+1"),
        ("张\u202e三\x00\n四", "张三 四"),
        ("字" * 30, "字" * 30),
    ],
)
def test_a_name_is_kept_as_text(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(("typed", "says"), [("", "请填写"), ("\u200b \n", "请填写"), ("字" * 31, "太长（31 个字）")])
def test_a_name_that_cannot_be_used(typed: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        clean_name(typed)


def test_codes_are_easy_to_say_and_read_back() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) > 990
    assert all(len(code) == 6 and not set(code) & set("01OIL") for code in codes)
    assert read_code(" ａb3-x y9 ") == "AB3XY9"


def test_guessing_is_slowed_in_a_bounded_memory() -> None:
    time = [0.0]
    door = Doorkeeper(tries=3, seconds=60, remembered=2, clock=lambda: time[0])
    for _ in range(3):
        door.check("a")
        door.wrong("a")
    with pytest.raises(TooManyTries, match="请 1 分钟后再试"):
        door.check("a")
    door.check("b")
    time[0] = 61
    door.check("a")
    for client in ("a", "a", "a", "b", "c"):
        door.wrong(client)
    door.check("a")
    assert len(door._wrong) == 2


def test_wrong_codes_are_counted_and_right_ones_are_not(store: Store, paper: Paper) -> None:
    rooms = Rooms(store, mark=mark, doorkeeper=Doorkeeper(tries=2))
    code = rooms.open_room(paper).code
    for number in range(5):
        rooms.join(code, f"学员{number}", client="here")
    for _ in range(2):
        with pytest.raises(Refused, match="没有这个房间码"):
            rooms.join("ZZZZZZ", "张三", client="here")
    with pytest.raises(TooManyTries):
        rooms.join(code, "张三", client="here")
    assert rooms.join(code, "张三", client="there")


def test_a_class_from_beginning_to_end(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    one, two = (rooms.join(room.code.lower(), name, client="x") for name in ("张三", "李四"))
    assert rooms.answer(one, RIGHT, number=1) == "new"
    assert rooms.answer(two, WRONG, number=1) == "new"
    board = rooms.stop(room.token)
    assert (board.stage, board.number, board.size, board.joined, board.answered) == ("stopped", 1, 3, 2, (2,))
    assert board.spread.verdicts == {"fault": 2}
    assert board.spread.provisions == {"6.1": 1, "7.1": 1}
    assert (board.spread.factors, board.spread.certainties, board.spread.right) == ({"12.2": 1}, {3: 2}, 1)
    with pytest.raises(Refused, match="停止作答"):
        rooms.answer(two, RIGHT, number=1)
    rooms.reveal(room.token)
    result = rooms.state_for(two).results[0]
    assert (result.case, result.answer, result.mark) == (paper.cases[0], WRONG, mark(paper.cases[0], WRONG))
    assert rooms.next_case(room.token, number=1).number == 2
    assert rooms.next_case(room.token, number=1).number == 2
    rooms.answer(two, NO_FAULT, number=2)
    board = rooms.end(room.token)
    assert (board.stage, board.answered) == ("ended", (2, 1))
    seat = rooms.state_for(one)
    assert (seat.points, [result.answer for result in seat.results]) == (3, [RIGHT, None])
    with pytest.raises(Refused, match="已经结束，不再收答案"):
        rooms.answer(one, NO_FAULT, number=2)
    with pytest.raises(Refused, match="练习已经结束"):
        rooms.join(room.code, "王五", client="x")
    assert [(line.name, line.points) for line in rooms.report(room.token).people] == [("张三", 3), ("李四", 2)]


def test_no_key_before_it_is_revealed(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    rooms.answer(token, WRONG, number=1)
    for step in (rooms.board, rooms.stop):
        step(room.token)
        seat = rooms.state_for(token)
        assert set(asdict(seat.sheet)) == {"number", "text", "options", "factor_options"}
        assert (seat.results, seat.points, seat.answer) == ((), 0, WRONG)


def test_names_on_the_board_only_when_ticked(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "<b>张三</b>", client="x")
    rooms.answer(token, RIGHT, number=1)
    assert "张三" not in str(rooms.board(room.token))
    shown = rooms.tick_names(room.token, show=True).people
    assert [(person.name, person.answered, person.points) for person in shown] == [("<b>张三</b>", True, 0)]
    assert rooms.reveal(room.token).people[0].points == 3
    assert rooms.tick_names(room.token, show=False).people == ()


def test_an_answer_counts_once_and_the_last_one_stands(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    assert rooms.answer(token, WRONG, number=1) == "new"
    assert rooms.answer(token, msgspec.structs.replace(WRONG, provisions=("7.1", "7.1")), number=1) == "same"
    assert rooms.answer(token, RIGHT, number=1) == "changed"
    assert rooms.board(room.token).answered == (1,)
    assert rooms.state_for(token).answer == RIGHT


@pytest.mark.parametrize(
    "answer",
    [
        Answer(verdict="fault", provisions=("9.9",)),
        Answer(verdict="fault", factors=("<script>",)),
        Answer(verdict="fault", sanctions=("x" * 9,)),
        Answer(verdict="fault", sanctions=tuple(str(number) for number in range(41))),
    ],
)
def test_what_was_not_offered_cannot_be_chosen(rooms: Rooms, paper: Paper, answer: Answer) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    with pytest.raises(BadInput, match="请从本题列出的选项中选"):
        rooms.answer(token, answer, number=1)
    assert rooms.board(room.token).answered == (0,)


def test_a_reload_and_a_second_tab_are_the_same_person(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    with ThreadPoolExecutor(2) as tabs:
        receipts = list(tabs.map(lambda answer: rooms.answer(token, answer, number=1), [RIGHT] * 8))
    assert sorted(receipts) == ["new"] + ["same"] * 7
    with pytest.raises(Refused, match=r"已有人叫“张三”.*张三 02"):
        rooms.join(room.code, " 张三", client="x")
    assert rooms.board(room.token).joined == 1


def test_a_full_room_is_said_to_be_full(store: Store, paper: Paper) -> None:
    rooms = Rooms(store, mark=mark)
    room = rooms.open_room(paper)

    def join(number: int) -> str:
        try:
            return rooms.join(room.code, f"学员{number}", client="one office")
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(20) as crowd:
        outcomes = list(crowd.map(join, range(200)))
    assert outcomes.count("房间已满（100 人）：请老师另开一个房间") == 100
    assert rooms.board(room.token).joined == 100


def test_twenty_at_once(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    together = threading.Barrier(20)

    def take_part(number: int) -> str:
        together.wait()
        token = rooms.join(room.code, f"学员{number:02}", client=f"c{number}")
        rooms.answer(token, WRONG, number=1)
        assert rooms.state_for(token).answer == WRONG
        rooms.answer(token, RIGHT if number % 2 else WRONG, number=1)
        return token

    with ThreadPoolExecutor(20) as crowd:
        tokens = list(crowd.map(take_part, range(20)))
    board = rooms.reveal(room.token)
    assert (board.joined, board.answered, board.spread.right) == (20, (20,), 10)
    assert [rooms.state_for(token).points for token in tokens] == [0, 3] * 10


def test_no_answer_slips_in_after_the_stop(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    tokens = [rooms.join(room.code, f"学员{number}", client="x") for number in range(12)]
    together = threading.Barrier(13)

    def answer(token: str) -> bool:
        together.wait()
        try:
            return rooms.answer(token, RIGHT, number=1) == "new"
        except Refused:
            return False

    def stop() -> int:
        together.wait()
        return rooms.stop(room.token).answered[0]

    with ThreadPoolExecutor(13) as crowd:
        counted = crowd.submit(stop)
        kept = sum(crowd.map(answer, tokens))
    assert kept == counted.result() == rooms.board(room.token).answered[0]


def test_deleting_a_room_deletes_its_people_and_answers(store: Store, rooms: Rooms, paper: Paper) -> None:
    gone, stays = rooms.open_room(paper), rooms.open_room(paper)
    for room in (gone, stays):
        rooms.answer(rooms.join(room.code, "张三", client="x"), RIGHT, number=1)
    token = rooms.join(gone.code, "李四", client="x")
    rooms.delete(gone.token)
    with store.reading() as session:
        counts = [session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("rooms", "trainees", "answers")]
    assert counts == [1, 1, 1]
    with pytest.raises(Refused, match="已删除"):
        rooms.state_for(token)
    with pytest.raises(Refused, match="已删除"):
        rooms.answer(token, RIGHT, number=1)
    with pytest.raises(Refused, match="已删除"):
        rooms.board(gone.token)


def test_a_lost_room_is_found_and_taken_over(rooms: Rooms, paper: Paper) -> None:
    old = rooms.open_room(paper)
    rooms.join(old.code, "张三", client="x")
    (line,) = rooms.list()
    assert (line.code, line.title, line.stage, line.joined) == (old.code, "三题", "open", 1)
    new = rooms.take_over(line.code)
    assert rooms.board(new.token).joined == 1
    with pytest.raises(Refused, match="接管"):
        rooms.stop(old.token)
    with pytest.raises(Refused, match="没有这个房间"):
        rooms.take_over("ZZZZZZ")


def test_a_token_of_one_kind_opens_nothing_of_the_other(rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    with pytest.raises(Refused):
        rooms.board(token)
    with pytest.raises(Refused):
        rooms.state_for(room.token)


def test_tokens_are_kept_as_hashes_only(store: Store, rooms: Rooms, paper: Paper) -> None:
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    with store.reading() as session:
        kept = [
            *session.execute(text("SELECT trainer FROM rooms")),
            *session.execute(text("SELECT token FROM trainees")),
        ]
    assert all(len(row[0]) == 64 for row in kept)
    assert {room.token, token}.isdisjoint(row[0] for row in kept)


_DIES = """
import os, sys
from assistant.exercises.store import Rooms, open_store
from tests.exercises.conftest import RIGHT, mark
rooms = Rooms(open_store(sys.argv[1]), mark=mark)
rooms.answer(sys.argv[2], RIGHT, number=1)
os._exit(9)
"""


def test_a_class_goes_on_after_the_server_died(url: str, opened: Opening, paper: Paper) -> None:
    before = open_store(url)
    rooms = Rooms(before, mark=mark)
    room = rooms.open_room(paper)
    token = rooms.join(room.code, "张三", client="x")
    before.close()
    assert subprocess.run([sys.executable, "-c", _DIES, url, token], env={**os.environ}, check=False).returncode == 9
    rooms = Rooms(opened(url), mark=mark)
    assert rooms.board(room.token).answered == (1,)
    assert rooms.answer(token, RIGHT, number=1) == "same"
    assert rooms.next_case(room.token, number=1).number == 2
    assert rooms.state_for(token).points == 3
