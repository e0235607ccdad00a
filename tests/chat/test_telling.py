"""The small model that tells a telling from an asking: damage is told, and what is measured while learning is what is kept."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.chat.learn import fit, write
from assistant.chat.telling import read_telling
from assistant.errors import Unavailable
from assistant.paths import corpus_dir

TOLD = [
    "小王收了两条烟", "老李夜里去厂里撕了封条", "队里拖了七天没去现场", "小赵把举报人的名字漏给了厂长", "科里忘了登记这封来信",
    "他当场让人家停产", "老周没开箱就写了正常", "小孙把监测数据改小了", "罚款从十万改成一万", "案卷在车上淋湿了",
]  # fmt: skip
ASKED = [
    "几天内要通知本人？", "什么叫执法过错", "谁来决定怎么处理", "能不能从轻", "收了烟怎么算？",
    "举报多久要去现场", "泄露名字归哪一条管", "不登记会怎么样？", "改数据算不算过错", "这个办法管到哪些人？",
]  # fmt: skip


@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_weights_cut_short_are_refused(tmp_path: Path, length: int) -> None:
    folder = Path(shutil.copytree(corpus_dir() / "models" / "telling", tmp_path / "telling"))
    data = (folder / "weights.npy").read_bytes()
    (folder / "weights.npy").write_bytes(data[:length])
    with pytest.raises(Unavailable, match=r"缺失或损坏[^\n]*assistant\.chat\.learn"):
        read_telling(folder)


def test_what_is_measured_is_what_is_kept(tmp_path: Path) -> None:
    model = fit([*TOLD, *ASKED], np.array([1] * len(TOLD) + [0] * len(ASKED)))
    assert min(map(abs, model.weights.values())) * model.card.scale >= 0.0499
    write(tmp_path, model)
    kept = read_telling(tmp_path)
    assert (kept.card, kept.weights) == (model.card, model.weights)
    assert (kept.card.tellings, kept.card.askings) == (len(TOLD), len(ASKED))
    assert all(kept.score(text) > 0.5 for text in TOLD)
    assert all(kept.score(text) < 0.5 for text in ASKED)
