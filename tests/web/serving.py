"""A page with settings of its own: :func:`evals.visiting.served` under the name that the tests use."""

from evals.visiting import served as serving

__all__ = ["serving"]
