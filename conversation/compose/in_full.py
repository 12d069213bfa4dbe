"""What a message of a discreet team would say, for those on the team."""

from collections.abc import Callable

from coaching.delivery import DeliveryKind
from coaching.errors import NotFound, Refused
from coaching.ports import UnitOfWork
from coaching.round import RoundState
from coaching.use_cases.be_discreet import demand_reader
from conversation.compose.confidence import READ, whole_of
from conversation.compose.digest import digest_in_full, section_in_full
from conversation.compose.reveals import posted_in_full
from conversation.compose.summary import in_full
from conversation.messages import Form, Message

__all__ = ["words_form"]

_GONE = "I can't find what was written here any more."


def words_form(uow: UnitOfWork, value: str, user: str) -> Form:
    """The words behind *Read what was written*, as a form to read.

    Raises:
        Refused: they are not on the team, or the words are gone.
    """
    kind, subject, detail = whole_of(value)
    find = _FIND.get(kind)
    try:
        said = find(uow, subject, detail, user) if find else _GONE
    except (KeyError, NotFound):
        raise Refused(_GONE) from None
    if isinstance(said, str):
        raise Refused(_GONE)
    return Form(READ, said.blocks)


def _summary(uow: UnitOfWork, round_id: str, _detail: str, user: str) -> Message | str:
    round_ = uow.rounds.get(round_id)
    demand_reader(uow, round_.team_id, user)
    return in_full(uow, round_) if round_.state is RoundState.CLOSED else _GONE


def _digest(uow: UnitOfWork, digest_id: str, _detail: str, user: str) -> Message | str:
    written = uow.digests.get(digest_id)
    return digest_in_full(written, demand_reader(uow, written.team_id, user))


def _section(uow: UnitOfWork, digest_id: str, section: str, user: str) -> Message | str:
    written = uow.digests.get(digest_id)
    demand_reader(uow, written.team_id, user)
    return section_in_full(written, section)


def _purpose(uow: UnitOfWork, purpose_id: str, _detail: str, user: str) -> Message | str:
    settled = uow.purposes.get(purpose_id)
    demand_reader(uow, settled.team_id, user)
    return posted_in_full(uow, settled)


_FIND: dict[str, Callable[[UnitOfWork, str, str, str], Message | str]] = {
    DeliveryKind.SUMMARY: _summary,
    DeliveryKind.PURPOSE: _purpose,
    DeliveryKind.DIGEST: _digest,
    DeliveryKind.DIGEST_SECTION: _section,
}
