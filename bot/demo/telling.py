"""What happens in the workspace, as lines on a terminal: when, where, who, what."""

import asyncio
import html
import textwrap
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from bot.demo.company import CHANNEL, ZONE
from bot.demo.paper import read
from bot.demo.stage import Stage
from conversation.routes import (
    BREAKDOWN_LOG,
    BREAKDOWN_SETTLE,
    BREAKDOWN_TELL,
    SITTING_ANSWER,
    SITTING_MORE,
)

__all__ = ["Teller", "when", "wrapped"]

_WIDTH = 96
_COLLECTING = 0.2
"""Seconds in which what comes together is collected."""

_FORMS = {
    SITTING_ANSWER: "sends their answers",
    SITTING_MORE: "adds a little more",
    BREAKDOWN_LOG: "logs a breakdown",
    BREAKDOWN_SETTLE: "says what is needed now",
    BREAKDOWN_TELL: "says what happened",
}


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Text within a terminal's width, its own lines kept."""
    after = indent if hanging is None else hanging
    lines = []
    for number, line in enumerate(text.splitlines()):
        first = indent if number == 0 else after
        mark = line[:2] if line.startswith(("• ", "│ ")) else ""
        further = after + mark.replace("•", " ")
        lines.append(
            textwrap.fill(line, _WIDTH, initial_indent=first, subsequent_indent=further)
            if line.strip()
            else ""
        )
    return "\n".join(lines)


def when(ts: str) -> datetime:
    """The moment of a message on the team's wall."""
    return datetime.fromtimestamp(float(ts), UTC).astimezone(ZONE)


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing to be told. What is the same to several people at once is told once."""

    at: datetime
    where: str
    who: str
    what: str
    to: str = ""


class Teller:
    """Prints what is said as it is said.

    `in_full`: word by word what is said in the channel, and in its threads; else in short.
    """

    def __init__(self, stage: Stage, echo: Callable[[str], None] = click.echo) -> None:
        self._stage = stage
        self._echo = echo
        self._seq = 0
        self._day = ""
        self._names = {person.id: person.name for person in stage.people.values()}
        self._at_work = asyncio.Lock()
        self.in_full = True

    async def keep_telling(self) -> None:
        """Tell what happens as it happens, until cancelled."""
        while True:
            await self._stage.control.news(self._seq)
            await asyncio.sleep(_COLLECTING)
            await self.catch_up()

    async def catch_up(self) -> None:
        """Tell what has happened since it was last told."""
        async with self._at_work:
            await self._tell()

    async def _tell(self) -> None:
        newest = await self._stage.control.seq()
        entries: list[dict[str, Any]] = []
        if newest > self._seq:
            async for entry in self._stage.control.watch(self._seq):
                entries.append(entry)
                if entry["seq"] >= newest:
                    break
        self._seq = newest
        for said in _folded([one async for one in self._sayings(entries)]):
            self._print(said)

    async def _sayings(self, entries: Sequence[Mapping[str, Any]]) -> AsyncIterator[_Said]:
        messages: dict[tuple[str, str], dict[str, Any]] = {}
        if any(entry["kind"] in ("message_posted", "ephemeral") for entry in entries):
            for message in await self._stage.control.messages():
                messages[message["channel"], message["ts"]] = message
        for entry in entries:
            said = self._saying(
                entry, messages.get((entry.get("channel", ""), entry.get("ts", "")))
            )
            if said is not None:
                yield said

    def _saying(self, entry: Mapping[str, Any], message: Mapping[str, Any] | None) -> _Said | None:
        who = self._names.get(str(entry.get("user")), "Widelens")
        now = self._stage.now()
        match entry["kind"]:
            case "message_posted" if message is not None:
                in_thread = message["thread_ts"] is not None
                return self._message(message, who) if self.in_full or not in_thread else None
            case "ephemeral" if message is not None:
                to = self._names.get(message["ephemeral_to"], "")
                return _Said(when(entry["ts"]), f"#{CHANNEL}", who, _in_full(message), to)
            case "shortcut_used":
                return _Said(now, f"#{CHANNEL}", who, "chooses “Log a breakdown” on a message", "-")
            case "submitted":
                return _Said(now, "form", who, _FORMS.get(entry["what"], "sends a form"), "-")
            case "submission_refused":
                problems = entry.get("problems")
                words = " ".join(problems.values()) if isinstance(problems, dict) else problems
                return _Said(now, "form", who, f"is asked to look again: {words}", "-")
            case "left":
                return _Said(now, f"#{CHANNEL}", who, f"leaves #{CHANNEL}", "-")
            case _:
                return None

    def _message(self, message: Mapping[str, Any], who: str) -> _Said:
        at = when(message["ts"])
        if message["channel"] != self._stage.channel:
            to = self._names.get(self._owner(message), "")
            return _Said(at, "direct", who, html.unescape(message["text"]), to)
        where = f"#{CHANNEL}, thread" if message["thread_ts"] else f"#{CHANNEL}"
        full = self.in_full or message["app_id"] is None
        words = _in_full(message) if full else html.unescape(message["text"])
        return _Said(at, where, who, words)

    def _owner(self, message: Mapping[str, Any]) -> str:
        workspace = self._stage.sandbox.core.workspace
        return workspace.channels[message["channel"]].user or ""

    def _print(self, said: _Said) -> None:
        day = f"{said.at:%A} {said.at.day} {said.at:%B %Y}"
        if day != self._day:
            self._day = day
            self._echo(f"\n{click.style(day, bold=True)}")
        where = click.style(f"{said.where:<12}", dim=True)
        head = f"{said.at:%H:%M}  "
        match said.to:
            case "-":
                sentence = wrapped(f"{said.who} {said.what}", " " * 21).lstrip()
                self._echo(f"{head}{where}  {sentence}")
            case _:
                to = f" to {said.to}" if said.to else ""
                self._echo(f"{head}{where}  {click.style(f'{said.who}{to}', fg='cyan')}")
                self._echo(wrapped(said.what, " " * 9))


def _in_full(message: Mapping[str, Any]) -> str:
    return read(message["blocks"]) if message["blocks"] else html.unescape(message["text"])


def _folded(sayings: Sequence[_Said]) -> Iterator[_Said]:
    """The same words to several people at the same minute, as one."""
    groups: dict[tuple[str, str, str, str], list[_Said]] = {}
    for said in sayings:
        alone = said.to in ("", "-")
        key = (f"{said.at:%d%H%M}", said.who, said.what, said.where if alone else "direct")
        groups.setdefault(key, []).append(said)
    for group in groups.values():
        first = group[0]
        to = first.to if len(group) == 1 or first.to in ("", "-") else _several(group)
        yield _Said(first.at, first.where, first.who, first.what, to)


def _several(group: Sequence[_Said]) -> str:
    if len(group) < 4:
        return " and ".join([", ".join(one.to for one in group[:-1]), group[-1].to])
    return f"{group[0].to}, {group[1].to} and {len(group) - 2} more"
