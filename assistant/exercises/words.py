"""What verdicts are called on every page, paper and sheet of an exercise, and the notice that each of them carries."""

from assistant.exercises.model import Source
from assistant.triage.result import Verdict

VERDICTS: dict[Verdict, str] = {
    "fault": "构成过错",
    "no_fault": "不构成过错",
    "insufficient": "资料不足",
    "out_of_scope": "不属本办法",
}
SOURCES: dict[Source, str] = {"exemplar": "样例", "changed": "样例改一处", "scene": "场景", "own": "自编"}
NOTICE = "辅助研判，不是处理决定；答案由出题人标注、经程序复核，供练习用"
