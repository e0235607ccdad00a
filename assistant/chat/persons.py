"""How a person is named in a telling: 小王, 李某, 张队, 有个同事. One place, for whoever asks."""

import re

from assistant.explain.surnames import SURNAMES

PERSON = re.compile(
    rf"(?<!大)[小老][{SURNAMES}](?![家板项])|[{SURNAMES}](?:某|队|科|局|股|工|哥|姐|所|主任|组长|大队|干事)|有个同事|甲|乙"
)
