"""JSON lines: a case a line with every field, the paper's own format."""

import msgspec

from assistant.errors import BadInput
from assistant.exercises.formats.quiz import strange_id
from assistant.exercises.model import Case, Paper
from assistant.exercises.words import NOTICE
from assistant.triage.rules import RulePack


def write_lines(paper: Paper, pack: RulePack) -> str:
    """A JSON object a line: the fields of a Case, and ``notice``."""
    lines = [{**msgspec.to_builtins(case), "notice": NOTICE} for case in paper.cases]
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def read_lines(text: str, pack: RulePack) -> list[Case]:
    """The cases; raises BadInput naming the line, also for an id that the regulation does not have."""
    decoder = msgspec.json.Decoder(Case)
    cases = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = decoder.decode(line)
        except msgspec.ValidationError:
            raise BadInput(
                f"第 {number} 行的字段不对：要有 id、text 和 verdict（fault、no_fault、insufficient 或 out_of_scope）"
            ) from None
        except msgspec.MsgspecError:
            raise BadInput(f"第 {number} 行读不懂：每行要是一个 JSON 对象") from None
        strange = strange_id(case, pack)
        if strange:
            raise BadInput(f"第 {number} 行的 {strange[:20]} 不在本制度里：请核对条项")
        cases.append(case)
    return cases
