"""A rule pack to begin with: every item of a regulation with its verbatim words, ready to fill, and what is still open in it."""

from pathlib import Path

from assistant.corpus import Regulation
from assistant.errors import BadInput, BadRulePack, Unavailable
from assistant.triage.rules import read_pack

OPEN = "待填"
_SCOPE = f"""# 什么算过错、办法适用于谁：ref 填条号，quote 照抄该条的原文
fault:
  ref: {OPEN}
  damage_quote: {OPEN}  # 定义里说到损害或影响的话
  damage_note: {OPEN}  # 没说到损害时怎么讲
  damage_denied_note: {OPEN}  # 说了没有损害时怎么讲
  damage_ask: {OPEN}
  damage_cues: []
  damage_elements: []  # 本身就是损害的要件，如 {{rule: "6.9", element: 严重后果}}
  activity_quote: {OPEN}  # 定义里说到哪些执法活动的话
scope:
  ref: {OPEN}
  quote: {OPEN}  # 适用于谁
  presumed: {OPEN}
  ask: {OPEN}
  outside_note: {OPEN}
"""


def scaffold(regulation: Regulation, folder: Path) -> Path:
    """Write ``rules/items.yaml``, an element an item, and ``rules/scope.yaml`` under ``folder``; returns ``rules``.

    Raises BadInput when rules are there already, Unavailable when the folder cannot be written.
    """
    rules = folder / "rules"
    if rules.exists():
        raise BadInput(f"{rules} 已经有规则，没有改动：要重新开始请先移走它")
    lines = [
        f"# 《{regulation.title}》的规则骨架：kind 填 conduct（过错情形）、mitigating（从轻）或 aggravating（从重），用不着的条项删去；",
        "# quote 必须是该条项的原文，可以截短成要件；cues 填群众和同事会怎么说，denied 填相反的说法。填完运行 corpus check。",
        "rules:",
    ]
    for ref, item in regulation.items():
        lines += [
            f'  - ref: "{ref.id}"  # {regulation.label(ref)}',
            "    kind: conduct",
            "    elements:",
            f"      - name: {OPEN}",
            f"        quote: {_scalar(item.text)}",
            f"        ask: {OPEN}",
            f"        why: {OPEN}",
            "        cues: []",
            "        denied: []",
        ]
    try:
        rules.mkdir(parents=True)
        (rules / "items.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (rules / "scope.yaml").write_text(_SCOPE, encoding="utf-8")
    except OSError as error:
        raise Unavailable(f"{rules} 不能写入（{error.strerror}）") from None
    return rules


def _scalar(text: str) -> str:
    """``text`` as one double-quoted YAML scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def open_points(regulation: Regulation, folder: Path) -> list[str]:
    """What is still to be done before ``folder``/rules can judge, a line each; empty when it can."""
    rules = folder / "rules"
    if not rules.is_dir():
        return [f"还没有规则：运行 corpus scaffold-rules {regulation.id} 生成骨架"]
    found = []
    for path in sorted(rules.glob("*.yaml")):
        count = path.read_bytes().count(f": {OPEN}".encode())
        if count:
            found.append(f"{path.name} 里还有 {count} 处“{OPEN}”")
    try:
        read_pack(rules, regulation)
    except BadRulePack as error:
        found.append(str(error))
    return found
