"""mrkdwn and plain text, as Slack shows them.

https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from sandbox.emoji import emoji as characters_of
from sandbox.page.drawing import mentions
from sandbox.page.drawing.dates import slack_date
from sandbox.page.drawing.eyes import Eyes
from sandbox.page.drawing.links import leads_to, link
from sandbox.page.drawing.spans import Piece, styled
from sandbox.records import Json

__all__ = ["mrkdwn", "plain", "shown_emoji", "text_object"]


_BREAK = Markup("<br>")
_FENCED = re.compile(r"```(?:\n)?(.+?)(?:\n)?```", re.DOTALL)
_QUOTED = re.compile(r"(?:&gt;|>)(?!&gt;&gt;|>>) ?")
_QUOTED_TO_THE_END = re.compile(r"^(?:&gt;|>){3} ?", re.MULTILINE)
_ENTITY = re.compile("&(amp|lt|gt);")
_MEANT = {"amp": "&", "lt": "<", "gt": ">"}
_EMOJI = r":[a-z0-9_+'-]{1,100}:(?::skin-tone-[2-6]:)?"
_EMOJI_ALONE = re.compile(_EMOJI)
_ANGLED = re.compile(r"<([^<>\n]+)>")
_PIECES = re.compile(
    rf"""
      (?P<angled>   <[^<>\n]+> )
    | (?P<code>     `[^`\n]+` )
    | (?P<address>  (?<![^\W_]) https?:// (?: &amp; | &(?!amp;|lt;|gt;) | [^\s<>|&] )*
                    (?: &amp; | [^\s<>|&.,:;!?'")\]*_~`] ) )
    | (?P<emoji>    {_EMOJI} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MENTION = re.compile("([@#])([A-Z0-9]+)")
_GROUP = re.compile(r"!subteam\^([A-Z0-9]+)")
_DATE = re.compile(r"!date\^(-?\d{1,15})\^([^^|]*)(?:\^([^|]*))?")


def mrkdwn(text: str, eyes: Eyes, *, links: bool = True) -> Markup:
    """What a mrkdwn text says: flow content, so it stands in a `<div>` and not in a `<p>`.

    An address that stands by itself is a link, unless `links` is off (`verbatim`).
    """
    shown: list[Markup] = []
    parts = _FENCED.split(_lines_made_one_kind(text))
    for index, part in enumerate(parts):
        if index % 2:
            shown.append(Markup("<pre>{}</pre>").format(_inside_code(part, eyes)))
        else:
            part = part.removeprefix("\n") if index else part
            last = index == len(parts) - 1
            shown.append(_with_quotes(part if last else part.removesuffix("\n"), eyes, links))
    return Markup("").join(shown)


def plain(text: str, eyes: Eyes, *, emoji: bool = True) -> Markup:
    """A plain text as it stands; names of emoji become emoji unless `emoji` is off."""
    del eyes  # Who looks makes no difference yet; every drawing function is told.
    lines = _lines_made_one_kind(text).split("\n")
    return _BREAK.join(_with_emoji(line) if emoji else escape(line) for line in lines)


def text_object(obj: Json, eyes: Eyes) -> Markup:
    """A text object of either type."""
    text = str(obj.get("text", ""))
    if obj.get("type") == "mrkdwn":
        return mrkdwn(text, eyes, links=not obj.get("verbatim"))
    return plain(text, eyes, emoji=obj.get("emoji") is not False)


def shown_emoji(name: str) -> Markup:
    """An emoji, its name told on pointing at it; the name in colons where nobody knows it."""
    found = characters_of(name)
    if found is None:
        return Markup(":{}:").format(name)
    return Markup('<span class="emoji" title=":{}:">{}</span>').format(name, found)


# -- lines -----------------------------------------------------------------------------------------


def _lines_made_one_kind(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_quotes(text: str, eyes: Eyes, links: bool) -> Markup:
    """Lines, those behind a > together as a quotation; behind >>> all that follow."""
    if not text:
        return Markup("")
    before, after = text, None
    if opened := _QUOTED_TO_THE_END.search(text):
        before, after = text[: opened.start()].removesuffix("\n"), text[opened.end() :]
    shown: list[Markup] = []
    run: list[Markup] = []
    quoting = False
    for line in before.split("\n") if before or after is None else []:
        mark = _QUOTED.match(line)
        if bool(mark) != quoting:
            shown += _run(run, quoting)
            run, quoting = [], bool(mark)
        run.append(_line(line[mark.end() :] if mark else line, eyes, links))
    shown += _run(run, quoting)
    if after is not None:
        shown += _run([_line(line, eyes, links) for line in after.split("\n")], quoting=True)
    return Markup("").join(shown)


def _run(lines: list[Markup], quoting: bool) -> list[Markup]:
    if not lines:
        return []
    text = _BREAK.join(lines)
    return [Markup("<blockquote>{}</blockquote>").format(text) if quoting else text]


# -- within a line ---------------------------------------------------------------------------------


def _line(line: str, eyes: Eyes, links: bool) -> Markup:
    pieces: list[Piece] = []
    at = 0
    match = _PIECES.search(line)
    while match:
        drawn = _drawn(match, eyes, links)
        if drawn is not None:
            pieces += [line[at : match.start()], drawn]
            at = match.end()
        # What was none may end where another begins: "10:30:wave:".
        match = _PIECES.search(line, match.start() + 1 if drawn is None else at)
    return styled([*pieces, line[at:]], _words)


def _drawn(match: re.Match[str], eyes: Eyes, links: bool) -> Markup | None:
    """What a piece stands for; None where it is words after all."""
    text = match[0]
    match match.lastgroup:
        case "angled":
            return _angled(text[1:-1], eyes)
        case "code":
            return Markup("<code>{}</code>").format(_inside_code(text[1:-1], eyes))
        case "address":
            url = _unescaped(text)
            return link(url, escape(url)) if links and leads_to(url) else None
        case _:
            return _emoji_or_none(text)


def _angled(inside: str, eyes: Eyes) -> Markup:
    """`<@U…>`, `<#C…>`, `<!…>`, or an address, each with or without a label behind a bar."""
    what, _, label = inside.partition("|")
    name = _unescaped(label)
    if mention := _MENTION.fullmatch(what):
        if mention[1] == "#":
            return mentions.channel(mention[2], eyes)
        return mentions.person(mention[2], eyes, name)
    if what.startswith("!"):
        return _special(what, name, eyes) or _literally(inside)
    url = _unescaped(what)
    if leads_to(url) is None:
        return _words(label) if label and ":" in what else _literally(inside)
    return link(url, _with_emoji(name) if label else escape(url.removeprefix("mailto:")))


def _special(what: str, label: str, eyes: Eyes) -> Markup | None:
    if date := _DATE.fullmatch(what):
        form, url = _unescaped(date[2]), date[3]
        return slack_date(int(date[1]), form, label, eyes, link=_unescaped(url) if url else None)
    if group := _GROUP.fullmatch(what):
        return mentions.group(group[1], label)
    if what[1:] in mentions.BROADCASTS:
        return mentions.broadcast(what[1:])
    return escape(label) if label else None


def _literally(inside: str) -> Markup:
    return Markup("&lt;{}&gt;").format(_words(inside))


def _inside_code(text: str, eyes: Eyes) -> Markup:
    """Code: nothing is styled; what stands in angles is meant all the same."""
    parts = _ANGLED.split(text)
    return Markup("").join(
        _angled(part, eyes) if index % 2 else _words(part) for index, part in enumerate(parts)
    )


def _words(text: str) -> Markup:
    return escape(_unescaped(text))


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda match: _MEANT[match[1]], text)


def _with_emoji(text: str) -> Markup:
    shown: list[Markup] = []
    at = 0
    match = _EMOJI_ALONE.search(text)
    while match:
        drawn = _emoji_or_none(match[0])
        if drawn is not None:
            shown += [escape(text[at : match.start()]), drawn]
            at = match.end()
        match = _EMOJI_ALONE.search(text, match.start() + 1 if drawn is None else at)
    return Markup("").join([*shown, escape(text[at:])])


def _emoji_or_none(text: str) -> Markup | None:
    name = text[1:-1]
    return shown_emoji(name) if characters_of(name) else None
