"""One tree of errors, so that every door (command line, page, API) can say the same words.

AssistantError                what was wrong, where, and an accepted form, in one Chinese line
├── BadInput                  the user's text, file or option cannot be used            exit code 2
│   ├── UnknownRef            no such article, paragraph or item; says the valid range
│   └── BadRegulation         a text that cannot be read as a regulation; names the line
├── CheckFailed               a check ran and found something                          exit code 1
│   └── BadRulePack           a rule and the regulation's text no longer agree; names file and id
└── Unavailable               something outside cannot be had: port, folder, model     exit code 2
"""


class AssistantError(Exception):
    """Base of all errors shown to people; ``str(error)`` is one Chinese line."""

    exit_code = 2


class BadInput(AssistantError):
    """The user's text, file or option cannot be used."""


class UnknownRef(BadInput):
    """No such article, paragraph or item; the message says the valid range."""


class BadRegulation(BadInput):
    """A text cannot be read as a regulation; the message names the line."""


class CheckFailed(AssistantError):
    """A check ran and found something."""

    exit_code = 1


class BadRulePack(CheckFailed):
    """A rule and the regulation's text do not agree; the message names file and id."""


class Unavailable(AssistantError):
    """Something outside the program cannot be had: a port, a folder, a model."""
