"""What every test shares: how long Hypothesis may search."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A shared machine may pause any single example: a slow one is no failure, only a wrong one is.
settings.register_profile(
    "test",
    deadline=None,
    max_examples=100,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("test"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))
