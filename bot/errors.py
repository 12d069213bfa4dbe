"""What an operator can mend: told in one line, without a traceback."""

from coaching.errors import WidelensError

__all__ = ["OperatorError"]


class OperatorError(WidelensError):
    """Something about the installation is wrong; the message says what, and the mend."""
