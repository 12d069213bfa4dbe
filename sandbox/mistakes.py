"""What an app has put wrongly: kept, so that a test may hold that there was none."""

from __future__ import annotations

from sandbox.errors import MISTAKES, SlackError

_KEPT = 1000


class Mistakes:
    """Sentences, oldest first: where it was, and what Slack says to it."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def note(self, where: str, what: str) -> None:
        """Something was wrong, whether Slack refuses it or not."""
        if len(self._sentences) < _KEPT:
            self._sentences.append(f"{where}: {what}")

    def note_refusal(self, where: str, refusal: SlackError) -> None:
        """Something was refused: remembered where it is the app's own doing."""
        if refusal.code in MISTAKES:
            self.note(where, "; ".join([refusal.code, *refusal.messages]))

    def taken(self) -> list[str]:
        """The sentences so far, which are forgotten by that."""
        taken, self._sentences = self._sentences, []
        return taken
