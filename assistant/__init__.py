"""An assistant for questions on, and triage by, a regulation on accounting for faults in enforcement."""

import os

# A reading is small: more threads for its sums would only wait for each other, most of all where twenty people read at once.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
