"""What counts as a readable text: one gate before triage and chat, so that every door refuses alike."""

import re

from assistant.errors import BadInput

LONGEST = 10_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


def accept(text: str) -> str:
    """``text`` itself when it can be read; raises BadInput saying what is wrong and what to send instead."""
    if not text.strip():
        raise BadInput("没有文字：请写出发生了什么，例如“小王立案后没有报批就把案子撤了”")
    if len(text) > LONGEST:
        raise BadInput(f"文字太长：{len(text)} 个字，最多 {LONGEST} 个字，请分成几段或只留经过")
    if _CONTROL.search(text):
        raise BadInput("文字里有控制字符或乱码，像是二进制文件：请粘贴纯文本（UTF-8）")
    if not _HAN.search(text):
        raise BadInput("没有看到汉字：请用中文写出发生了什么或者要问的条文")
    return text
