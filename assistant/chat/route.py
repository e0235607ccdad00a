"""What a turn is: a telling, a correction, a hypothesis, a question, small talk, an improper request, a fresh start."""

import re
from typing import Literal, NamedTuple

from assistant.chat.after import FOLLOWS, WHICH
from assistant.chat.improper import Wish, wishes
from assistant.chat.merge import is_correction
from assistant.chat.persons import PERSON
from assistant.chat.telling import Telling, asks, load_telling
from assistant.explain.questions import QuestionBook
from assistant.explain.questions.learned import Guess
from assistant.explain.questions.talk import Saying, TalkMatcher, load_talk

Kind = Literal["telling", "correction", "hypothesis", "question", "saying", "fresh"]

_FRESH = re.compile(
    r"^(?:好|好的|行|嗯|那|那么|对了|哎|咱|咱们|我们|我)?[，,、 ]*(?:先不说这个|不说这个了?|这个先放放|这事先放一边)?[，,、 ]*(?:咱|咱们|我们|我|再)?"
    r"(?:换(?:个|一个|一|件|一件|到|成)?(?:案子|案件|事儿?|情况|话题|例子|案例|别的|其他的|说)|(?:另外?|再|重新)(?:说|问|讲|来|聊|开)?(?:一个|"
    r"个|一件|一桩|件|一)(?:案子|案件|事儿?|情况|新的|案例)|(?:说|讲|聊)(?:个|一个|件|一件)(?:别的|其他的|另外的)(?:案子|事儿?)?|下一个(?:案子|"
    r"案件|情况)?|重新(?:开始|来(?:过)?)|新(?:的)?案子|新(?:的)?情况|开个新案|还有(?:另)?一个案子|另(?:外)?一(?:个案子|件事|桩事|个事))"
    r"(?:吧|哈|啊|了|呗|说说|来说|问问)?[，,。：:；;！! ]*"
)
_BACK = re.compile(
    r"^(?:(?:好|行|那|嗯)[，,、 ]*)?(?:回到|说回|接着说?|继续说?|还是说|话说回来|言归正传)"
    r"(?:刚才|原来|前面|上面|之前|正题|这个)?(?:的|那|说的)?(?:件|个)?(?:事儿?|案子|情况|话题)?[，,：: ]+"
)
_WORDS = re.compile(r"[\u3400-\u9fff]{3}")
_SUPPOSE = re.compile(
    r"^(?:那|那么|嗯|哦|可)?[，, ]*(?:如果|要是|假如|假设|假使|倘若|万一|若是?|换成|换作|要不是|哪怕|即使|就算)"
)
_SUPPOSED = re.compile(r"(?:如果|要是|假如|假设|倘若|万一)[^。]*(?:呢|会|怎么|咋|吗|还|算|能|有没有|影响|结果|\?|？)")
_AFTER = re.compile(rf"{WHICH.pattern}|{FOLLOWS.pattern}|(?:怎么|咋|如何)[办弄]|要紧不|到底算|算过错|算不算|有没有事")
_DUE = re.compile(r"截止|到期日|届满|最后一天|到[哪几]|期限到|几号前")
_BEGS = re.compile(
    r"帮我|帮忙|给我|替我|教我|告诉我|请你|你就|怎么才能|怎样才能|你来|你必须|你要|你现在|把第[一二三四五六七八九十\d]+条|请忽略|输出|直接"
)
_REQUEST = re.compile(
    r"^(?:请你?|麻烦你?|你)?(?:帮我|帮忙|替我|给我|教我|告诉我|教教我)(?!看|判|分析|研判|评|想想|算算|断|理一理|捋|辨)"
)
_CASE_CALLS = re.compile(r"^(?:那|这|他|她|它|所以|然后|这样|这种|剩下|那么|他们|她们|人家|这事|这个|那个)")

#: Nothing but thanks, or that one has understood.
_HEARD = re.compile(
    r"(?:[^，。,！! ]{0,6}[，。,！! ])?(?:唉|哎|嗯|哦|噢|好的?|行|那|都|这下|总算|太|非常|真|我)*"
    r"(?P<word>谢|多谢|感谢|辛苦|晓得|明白|知道|懂|了解|清楚|收到|受教|领教|有数)[谢了啦咯的您你大家呀啊哈哦！!。~，, ]*"
)
_SENTENCES = re.compile(r"[^。！!；;]+[。！!；;]*")
_LIVELY = re.compile(r"[了过着他她我]")
_CONCRETE = re.compile(
    rf"{PERSON.pattern}|昨[天晚日]|前天|上周|上个?月|今早|今天|那天|去年|前年|上礼拜|周[一二三四五六日]|星期|"
    r"当天|第二天|夜里|半夜|凌晨|早上|下午|[0-9一二三四五六七八九十]+月|我们队|我们科|我们局里?有|我俩|同事|那家|一家|这家|某[厂公企化]"
)


#: From this score on a text is a telling; one that names a place of the regulation must be surer.
_SURE, _SURE_OF_PLACE = 0.9, 0.98
#: From this lead on the book knows a matter of procedure, however lively it is asked.
_KNOWN = 0.8
_PLACE = re.compile(r"第?[一二三四五六七八九十\d]+条")
_HEADING = 16
#: A telling longer than this that has words of an order in it still tells.
_LONG = 30


class Turn(NamedTuple):
    """``text`` without a fresh-start marker; ``saying`` for small talk and improper requests."""

    kind: Kind
    text: str
    fresh: bool = False
    saying: Saying | None = None


class Router:
    """Decides what a turn is; immutable and shared."""

    def __init__(self, book: QuestionBook) -> None:
        talk = load_talk()
        self._book = book
        self._telling: Telling = load_telling()
        self._small = TalkMatcher(talk.small_talk)
        self._improper = TalkMatcher(talk.improper)
        self._declined: dict[Wish, Saying] = dict(zip(("forge", "rules"), talk.improper, strict=True))

    def route(self, text: str, *, case_open: bool, asked: str = "") -> Turn:
        """The turn that ``text`` is; ``case_open`` when a case has been told before, ``asked`` is the question before."""
        rest = _after_fresh(text)
        if rest is None:
            return self._turn(text, case_open, asked)
        return (
            self._turn(rest, False, "")._replace(fresh=True) if _WORDS.search(rest) else Turn("fresh", "", fresh=True)
        )

    def _turn(self, text: str, case_open: bool, asked: str) -> Turn:
        text = _BACK.sub("", text) or text
        saying = self._saying(text, case_open)
        if saying is not None:
            return Turn("saying", text, saying=saying)
        if case_open and is_correction(text) and not _asks_only(text):
            return Turn("correction", text)
        if case_open and len(text) < 80 and (_SUPPOSE.match(text) or _SUPPOSED.search(text)):
            return Turn("hypothesis", text)
        if asked and self._goes_on(asked, text):
            return Turn("question", text)
        return Turn(self._told_or_asked(text, case_open), text)

    def names_person(self, text: str) -> bool:
        """True when ``text`` names a person, as tellings do."""
        return bool(PERSON.search(text))

    def surely_tells(self, text: str) -> bool:
        """True when ``text`` tells what happened, whatever is asked at its end."""
        return self._telling.score(text) >= (_SURE_OF_PLACE if _PLACE.search(text) else _SURE)

    def _heads(self, text: str, lively: bool) -> bool:
        """True for a few words without a verb on a matter outside the regulation (食品抽检流程)."""
        return not lively and len(text) <= _HEADING and self._book.lies_outside(text)

    def _goes_on(self, asked: str, text: str) -> bool:
        """True when ``text`` gives a day or leave to the reckoning that ``asked`` began or the limit that it asked for."""
        told = PERSON.search(text) or (self.surely_tells(text) and not asks(text))
        return (self._book.reckons(asked) or not told) and self._book.reckons(f"{asked}，{text}", more=text)

    def _saying(self, text: str, case_open: bool) -> Saying | None:
        told = self.surely_tells(text)
        wish = wishes(text)
        if wish and not (told and (wish == "forge" or len(text) > _LONG)):
            return self._declined[wish]
        improper, likeness = self._improper.find(text)
        if likeness >= (0.42 if _BEGS.search(text) else 0.7) and (likeness < 1 or not told):
            return improper
        heard = _HEARD.fullmatch(text)
        if heard:
            return self._small.find("谢谢" if heard["word"] in "谢多谢感谢辛苦" else "知道了")[0]
        small, likeness = self._small.find(text)
        if likeness >= (0.75 if case_open else 0.62) and len(text) <= 24:
            return small
        return None

    def _told_or_asked(self, text: str, case_open: bool) -> Kind:
        telling = self._telling.score(text)
        asking = asks(text)
        if (asking or _DUE.search(text)) and self._book.reckons(text):
            return "question"
        if self._book.asks_for_places(text):
            return "question"
        guess = self._book.guess(text)
        if _REQUEST.match(text):
            return "question"
        if not asking:
            lively = bool(_LIVELY.search(text))
            terse = len(text) <= 10 and guess.lead > 0.8 and not lively
            least = 0.15 if lively else _SURE_OF_PLACE if _PLACE.search(text) else 0.5
            keyword = terse if case_open else telling < least or self._heads(text, lively)
            keyword = keyword and not PERSON.search(text)
            return "question" if keyword else "telling"
        if case_open:
            return "telling" if self._tells_first(text) else self._within_case(text, telling, guess)
        if self.surely_tells(text):
            return "telling"
        concrete = bool(_CONCRETE.search(text))
        if concrete and self._book.about_conduct(guess.topic):
            return "telling"
        if telling < (0.05 if len(text) > 60 else 0.15 if len(text) > 28 else 0.5):
            return "question"
        return "question" if guess.lead > (0.3 if concrete else 0.0) and len(text) <= 45 else "telling"

    def _tells_first(self, text: str) -> bool:
        """True when a question stands after sentences that tell (他交过书面意见。那他要担责吗)."""
        *before, last = _SENTENCES.findall(text) or [text]
        told = "".join(before)
        return len(told) > 8 and asks(last) and not asks(told) and self._telling.score(told) >= _SURE

    def _within_case(self, text: str, telling: float, guess: Guess) -> Kind:
        """A turn with the form of a question while a case is open."""
        short = len(text) <= 12 or (len(text) <= 22 and bool(_AFTER.search(text) or _CASE_CALLS.match(text)))
        if short and guess.lead > _KNOWN and not self._book.about_conduct(guess.topic):
            return "question"
        if telling < (0.95 if short else 0.5) or (guess.lead > 0.4 and len(text) <= 30 and telling < 0.9):
            return "question"
        return "telling"


def _after_fresh(text: str) -> str | None:
    """What follows the words that begin afresh, however often they are said; None where nothing does so."""
    rest = text
    while fresh := _FRESH.match(rest):
        rest = rest[fresh.end() :].strip()
    return None if rest == text else rest


def _asks_only(text: str) -> bool:
    return bool(re.match(r"^(?:不对|不是)吧?[?？]", text))
