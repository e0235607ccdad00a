"""The Xushui regulation as parsed, in a file that a person can read and compare.

After a wanted change of the parser: ``python -m tests.corpus.refresh_golden``, look at the difference, commit it.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

from assistant.corpus import Regulation, load

GOLDEN = Path(__file__).parent / "golden" / "xushui-2020.json"


def as_json(regulation: Regulation) -> dict[str, Any]:
    """Everything that was read, without the source text, and every place with its label."""
    values = dataclasses.asdict(regulation)
    del values["text"]
    values["date"] = regulation.date.isoformat() if regulation.date else None
    values["labels"] = {str(ref): regulation.label(ref) for ref in regulation.refs()}
    plain: dict[str, Any] = json.loads(json.dumps(values))
    return plain


def main() -> None:
    """Write the golden file."""
    text = json.dumps(as_json(load("xushui-2020")), ensure_ascii=False, indent=1)
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(text + "\n", encoding="utf-8")
    print(f"已更新 {GOLDEN.name}")


if __name__ == "__main__":
    main()
