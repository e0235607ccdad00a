"""What the tests of the corpus share."""

import pytest

from assistant.corpus import Regulation, load


@pytest.fixture(scope="session")
def xushui() -> Regulation:
    """The regulation of the Xushui bureau."""
    return load("xushui-2020")
