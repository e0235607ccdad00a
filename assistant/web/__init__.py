"""The page an officer opens. The only package that knows Gradio."""

from assistant.web.serve import create_app, serve

__all__ = ["create_app", "serve"]
