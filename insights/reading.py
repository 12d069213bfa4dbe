"""Reading what people write, for what it may be a sign of. Nothing that is read is kept.

The rules here are plain words, and English. They would rather stay silent than be wrong: an offer
that misses the point costs a busy reader more than one that is never made.
"""

import re
from collections.abc import Iterator
from typing import Protocol

__all__ = ["WORD_RULES", "Reader", "WordRules", "reads_like_breakdown"]


class Reader(Protocol):
    """Reads a message. It never raises, keeps nothing, and tells nobody what it read."""

    async def reads_like_breakdown(self, text: str) -> bool:
        """Whether its author says that something broke down, of something that is theirs."""
        ...


class WordRules:
    """A reader by rules over words."""

    async def reads_like_breakdown(self, text: str) -> bool:
        """See `Reader.reads_like_breakdown`."""
        return reads_like_breakdown(text)


WORD_RULES: Reader = WordRules()

_LONGEST = 1000
"""Characters of the author's own words. What is longer is a report, not a remark."""
_LONGEST_IN_ALL = 5 * _LONGEST

_NOT_THEIR_WORDS = re.compile(
    r"```.*?(?:```|\Z)"  # code
    r"|`[^`\n]*`"
    r"|^[ \t]*>[^\n]*$"  # quoted lines
    r"|\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»"
    r"|\b[a-z][a-z0-9+.-]{0,20}://\S+|\bwww\.\S+",
    re.DOTALL | re.MULTILINE,
)
_CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*")


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern})" for pattern in patterns))


_DUE = (
    r"(?:deadline|due date|target|milestone|hand-?over|delivery|filing|cut-?off|commitment"
    r"|release|launch|payment|slot|date|sla|window|promise)s?"
)
_SYSTEM = (
    r"(?:system|site|website|server|portal|network|line|phones?|platform|app|service|booking"
    r"|database|checkout|export|feed|lab)s?"
)
_NOBODY_TOLD = r"(?:nobody|no one|no-one) (?:told|informed|warned|called)"

_BREAKDOWN = _any_of(
    r"\b(?:broke|breaks|breaking|(?:has|have|had) broken) down\b(?! by| into)",
    r"\b(?:is|are|was|were|'s|still|again) broken\b(?! up| out| down)",
    r"\bbroke (?:again|last night|yesterday|this morning|on us)\b",
    r"\bbroke (?:our|the|my) (?:promise|agreement|commitment|word)\b",
    r"(?<=[\w'] )(?<!\bthe )(?<!\ba )(?<!\bof )(?<!\bthese )(?<!\bany )(?<!\ball )"
    r"(?:failed|fails)\b",
    r"\b(?:is|are|was|were|keeps?|kept|been) failing\b",
    rf"\bmissed (?:[\w']+ ){{0,4}}{_DUE}\b",
    rf"\b{_DUE} (?:was|were|has been|have been|got) missed\b",
    r"\b(?:is|are|am|'re|'m|'s|been|still|again|completely|totally|remains?) (?:blocked|stuck)\b",
    r"\bblocked (?:by|on|since|again)\b",
    r"\b(?:fell|fallen|falls|falling) (?:through|apart)\b",
    r"\b(?:went|gone|goes|going) wrong\b",
    rf"\b{_SYSTEM} (?:is|are|went|has been|have been|was|were) (?:still )?down\b"
    r"(?! to| by| from| \d)",
    r"\b(?:is|are|went) down again\b",
    r"\b(?:outage|crashed|dropped the ball|back to square one)\b",
    r"\b(?:has|have) slipped\b|\bslipped (?:again|by|to|another)\b",
    r"\b(?:ran|run|running) out of (?:stock|beds|budget|money|parts|material)\b",
    r"\b(?:did not|didn't|never) (?:arrive|arrived|happen|happened|go out|went out|come through"
    r"|came through|reach|reached|turn up|turned up|work|worked|hold|held)\b(?! to)",
    r"\bnever (?:sent|told) (?:the|them|our|it|him|her)\b",
    r"\bforgot to (?:tell|send|inform|include)\b",
    r"\bhad to (?:be rolled|roll) back\b|\bwent badly\b|\blocked out\b|\b(?:was|were) skipped\b",
    r"\b(?:is|are|was|were) (?:still )?not working\b|\b(?:isn't|aren't) working\b",
    r"\b(?:stopped|no longer) work(?:s|ing)?\b|\bdoesn't work\b|\bdoes not work\b",
    r"\b(?:fell|fallen|falling) behind\b|\bbehind schedule\b",
    r"\b(?:late|delayed|rejected|cancelled|overrun|overran) again\b",
    r"\b(?:days|weeks|months|hours) late\b",
    r"\b(?:we|i)(?:'ve| have| really| just)? let (?:them|(?:the|our) [\w']+(?: [\w']+)?) down\b",
    r"\blost (?:the|our|another) (?:[\w']+ )?(?:client|customer|contract|account|data|order|bid)\b",
    r"\b(?:sent|shipped|published|used) (?:\w+ ){0,3}the wrong\b",
    rf"\b{_NOBODY_TOLD}\b|\b(?:wasn't|weren't|was never|were never) (?:told|informed)\b",
    r"\bbreakdown in (?:our|the)\b",
)
"""What somebody writes of a thing that did not go as it was to."""

_NOT_IN_SENTENCE = _any_of(
    r"\?",
    # It has not happened.
    r"\b(?:if|unless|in case|whether|would|could|might|should|suppose|imagine|lest|otherwise"
    r"|to avoid|to prevent|avoids?|prevents?|the risk|risks?|hopefully|afraid|worried|worry)\b",
    r"\b(?:may|can|will|going to|about to|not to|never|won't|shall|must) (?:not |ever |soon )?"
    r"(?:fail|break|be (?:broken|blocked|stuck|missed|down|late)|go (?:wrong|down)|miss|slip|fall"
    r"|run out|crash|let|lose)\w*\b",
    r"\b(?:don't|do not|let's not|can't|cannot) (?:fail|break|miss|let|lose|fall|run|slip)\b",
    # It did not happen.
    r"\bno longer (?:fail|break|block|stuck|miss|late|broken|down|slip|crash)\w*\b",
    r"\b(?:not|n't|never|hardly|nothing|none|nobody|no one|neither) (?:\w+ ){0,2}"
    r"(?:fail|broke|break|block|stuck|miss|went wrong|gone wrong|slip|late|lost|crash|fell|fall"
    r"|down|ran out)\w*",
    r"\bno (?:outages?|failures?|breakdowns?|delays?)\b|\bstopped (?:failing|breaking|crashing)\b",
    r"\bwithout (?:any |a |an )?(?:failures?|outages?|breakdowns?|failing|missing)\b",
    r"\b(?:almost|nearly|narrowly)\b|\bfail(?:ed|s|ing)? (?:fast|forward|safe|successfully)\b",
    # It is of somebody else, or of another time.
    r"\b(?:competitors?|article|news|newspaper|headline|reuters|bbc|bloomberg|podcast|book|film"
    r"|according to|reportedly|per ft|movie|novel|series|match|football|cup|league"
    r"|election|government|parliament|case study)\b",
    r"\b(?:last year|years ago|in (?:19|20)\d\d|back then|used to|history|historically)\b",
    # It is of how one speaks of such things.
    r"\b(?:example|exercise|drill|hypothetical\w*|scenario|in theory|agenda|workshop|training"
    r"|template|retro|retrospective|learned|learnt|lessons?|how to|definition)\b",
    r"\bwhat (?:\w+ ){0,2}(?:wrong|fail\w*|broke\w*|work\w*|stuck|blocked)\b",
    r"\bstuck (?:with me|to|in (?:my|traffic|meetings|calls|a (?:meeting|call|lift|queue)))\b",
    r"\bblocked (?:out |off )?(?:my|your|our|the|an?|some) (?:calendars?|time|hour|diary|slot|day"
    r"|morning|afternoon|room)\b",
    # It is small, and of no team's work.
    r"\b(?:train|flight|plane|traffic|taxi|tram|bus|airport|running late|joining (?:by|from)|lunch"
    r"|dinner|party|birthday|poll|quiz|offsite)\b",
    r"\b(?:coffee|kettle|diet|bike|bicycle|cat|dog|umbrella|microwave|my (?:car|phone|watch|alarm"
    r"|knee|back))\b",
)

_NOT_AT_ALL = _any_of(
    r"\b(?:lol|lmao|rofl|jk|joking|kidding|(?:ha){2,}h?|(?:he){2,})\b",
    r"[😂🤣😆😄😉😜]|:(?:joy|rofl|laughing|smile|wink|stuck_out_tongue\w*|sweat_smile):|[;:]-?[)p](?!\w)",
    r"\bfalse alarm\b|\bnever mind\b|\bnevermind\b|\bapril fool",
    r"\b(?:fixed|resolved|sorted|solved|repaired|restored|mended|unblocked|recovered)\b",
    r"\bback (?:up|online|on track|to normal|in stock)\b|\bwork(?:s|ing) (?:again|now)\b",
)


def reads_like_breakdown(text: str) -> bool:
    """Whether the words say that something of the author's own broke down, failed or was missed.

    Code, links and what is quoted are passed over. A joke, a question, what may yet happen and what
    is mended already are none.
    """
    if len(text) > _LONGEST_IN_ALL:
        return False
    own = _NOT_THEIR_WORDS.sub(" ", text.replace(_CURLY, "'").casefold())
    if len(own) > _LONGEST or _NOT_AT_ALL.search(own):
        return False
    return any(_says_so(sentence) for sentence in _sentences(own))


def _sentences(text: str) -> Iterator[str]:
    return (found[0] for found in _SENTENCE.finditer(text))


def _says_so(sentence: str) -> bool:
    sentence = sentence.strip()
    return bool(_BREAKDOWN.search(sentence)) and not _NOT_IN_SENTENCE.search(sentence)
