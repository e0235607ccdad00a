"""What is refused before anything is judged, and the words it is refused with."""

import pytest

from assistant.errors import BadInput
from assistant.triage import accept
from assistant.triage.intake import LONGEST


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有文字"),
        ("  \n\t ", "没有文字"),
        ("查" * (LONGEST + 1), f"最多 {LONGEST}"),
        ("立案\x00\x01撤案", "二进制"),
        ("\ufffd\ufffd乱码", "乱码"),
        ("小王\udcff撤案", "乱码"),
        ("小王撤案\ud83d", "乱码"),
        ("😀😀👍", "汉字"),
        ("The officer closed the case.", "汉字"),
    ],
)
def test_unreadable_text_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        accept(text)
    assert "\n" not in str(caught.value)


def test_readable_text_comes_back_unchanged() -> None:
    assert accept("小王把案子撤了😀 ok") == "小王把案子撤了😀 ok"
