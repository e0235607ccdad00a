"""The tabs of the page, one module each; every one has ``build``."""
