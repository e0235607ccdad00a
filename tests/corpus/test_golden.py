"""The parsed regulation is the one that was looked at; how to refresh it stands in refresh_golden.py."""

import json

from assistant.corpus import Regulation
from tests.corpus.refresh_golden import GOLDEN, as_json


def test_the_regulation_is_read_as_before(xushui: Regulation) -> None:
    assert as_json(xushui) == json.loads(GOLDEN.read_text(encoding="utf-8"))
