"""The network that reads a text beside the linear reader: pieces -> three convolutions -> log-odds, in whole numbers only.

It was taught by a transformer (`assistant.teaching`), whose reading of some hundred thousand texts it imitates at a hundredth of the cost.
Every sum is of whole numbers small enough for a float to hold exactly, so the result is the same on every machine.
"""

#: Authors whose exemplars the network and its teacher never see: the second step and the thresholds are fitted on them.
HELD_OUT = (
    "digests", "factor_focus", "own_day", "plant_side", "posts_dialogs", "retold_short", "short_formal", "which_step", "who_signed",
    "word_gets_out",
)  # fmt: skip
