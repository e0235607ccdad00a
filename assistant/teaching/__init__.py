"""Where the network of the triage reader is taught: a transformer learns the exemplars, a small network learns from it.

Nothing here runs when the program is used. ``python -m assistant.teaching.train WHEEL`` makes ``corpus/models/triage/…/network`` anew; torch
and transformers are imported inside functions.
"""
