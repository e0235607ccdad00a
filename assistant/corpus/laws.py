"""Which law a citation is of: 《行政处罚法》第三十三条 is no article of this regulation, 本办法第六条 is."""

import re

_NAMED = re.compile(r"《([^《》]{2,60})》(?: *[（(][^（）()]{0,20}[）)])? *$")
_BARE = re.compile(
    r"([\u4e00-\u9fff]{0,30}(?:法|条例|办法|规定|细则|规则|解释|制度|规程|准则))(?: *（[^（）]{0,20}）)? *$"
)
_VERBS = re.compile(
    r"依照|根据|按照|依据|违反|适用|参照|符合|属于|援引|引用|以及|不是|就是|[按据依照和与及或是即见从由在了看查]"
)
_GENERIC = re.compile(r"(?:法|条例|办法|规定|细则|规则|解释|制度|规程|准则)?")
_OWN = re.compile(r"本|该|这|那|此|我[局们]|上述|前述|原|现行")
_JOINT = re.compile(r"[、，, 和与及或至到]{0,3}")


def cited_law(text: str, start: int) -> str:
    """The name of another law before the citation at ``text[start:]``, without 《》; empty when none is named.

    A name carries over a list (《行政处罚法》第五条、第六条). 本办法, 该制度, 《办法》 and 办法 name no other law.
    Whether a name is this regulation's own title is for ``Regulation.is_named`` to say.
    """
    from assistant.corpus.grammar import scan

    before = text[:start]
    for mention in reversed(scan(before)):
        if not _JOINT.fullmatch(before[mention.end :]):
            break
        before = before[: mention.start]
    before = before[-100:]
    if named := _NAMED.search(before):
        name = named[1].strip()
    else:
        bare = _BARE.search(before)
        name = _VERBS.split(bare[1])[-1] if bare else ""
        name = "" if _OWN.match(name) else name
    return "" if _GENERIC.fullmatch(name) else name
