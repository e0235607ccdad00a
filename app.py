"""The door of the web page: ``python app.py``."""

import sys

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.web import serve

if __name__ == "__main__":
    try:
        serve(Settings.read())
    except AssistantError as error:
        sys.exit(f"错误：{error}")
