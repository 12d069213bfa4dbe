import pytest

from bot.errors import OperatorError
from bot.reaching import patiently
from platforms.slack import NotIdentified, SocketRefused


class Slack:
    """Fails with these codes, one a call, then answers."""

    def __init__(
        self, *codes: str, error: type[NotIdentified | SocketRefused] = NotIdentified
    ) -> None:
        self._codes = list(codes)
        self._error = error

    async def call(self) -> str:
        if self._codes:
            raise self._error(self._codes.pop(0))
        return "here"


class Pauses:
    """Keeps how long was paused, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def pause(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def test_what_passes_is_waited_out() -> None:
    pauses = Pauses()
    slack = Slack("unreachable", "http_503", "ratelimited")
    assert await patiently(slack.call, pauses.pause) == "here"
    assert pauses.seconds == [1, 2, 4]


@pytest.mark.parametrize(
    ("error", "name"), [(NotIdentified, "SLACK_BOT_TOKEN"), (SocketRefused, "SLACK_APP_TOKEN")]
)
async def test_a_refusal_is_told_at_once(
    error: type[NotIdentified | SocketRefused], name: str
) -> None:
    pauses = Pauses()
    with pytest.raises(OperatorError, match=rf"{name} \(invalid_auth\); `widelens doctor`"):
        await patiently(Slack("invalid_auth", error=error).call, pauses.pause)
    assert pauses.seconds == []


async def test_after_two_minutes_somebody_else_decides() -> None:
    pauses = Pauses()
    with pytest.raises(OperatorError, match="timeout"):
        await patiently(Slack(*["timeout"] * 100).call, pauses.pause)
    assert sum(pauses.seconds) == 120
