"""The unit of work: every repository of one workspace, over one transaction."""

from coaching.anonymity import Release
from coaching.answer import Answer
from coaching.breakdown import Breakdown
from coaching.digest import Digest
from coaching.entry_change import EntryChange
from coaching.invite import Invite, Session
from coaching.promise import Promise
from coaching.purpose import Purpose
from coaching.round import Participation, Sitting
from coaching.stakeholder import Rating, Stakeholder
from coaching.team import Member, Team
from coaching.voice import Voice
from storage import register_tables, tables
from storage.mapper import Mapper
from storage.repositories.anonymous import SqlAnonymous
from storage.repositories.cadences import SqlCadences
from storage.repositories.deliveries import SqlDeliveries
from storage.repositories.inbox import SqlInbox
from storage.repositories.repository import SqlRepository
from storage.repositories.rounds import SqlRounds
from storage.repositories.trends import SqlTrends
from storage.transaction import Transaction

__all__ = ["SqlUnitOfWork"]

_TEAMS = Mapper(Team, tables.teams)
_MEMBERS = Mapper(Member, tables.members)
_SITTINGS = Mapper(Sitting, tables.sittings)
_PARTICIPATIONS = Mapper(Participation, tables.participations)
_ANSWERS = Mapper(Answer, tables.answers)
_RELEASES = Mapper(Release, tables.releases)
_BREAKDOWNS = Mapper(Breakdown, tables.breakdowns)
_DIGESTS = Mapper(Digest, tables.digests)
_PURPOSES = Mapper(Purpose, register_tables.purposes)
_STAKEHOLDERS = Mapper(Stakeholder, register_tables.stakeholders)
_RATINGS = Mapper(Rating, register_tables.ratings)
_SESSIONS = Mapper(Session, register_tables.sessions)
_INVITES = Mapper(Invite, register_tables.invites)
_VOICES = Mapper(Voice, register_tables.voices)
_PROMISES = Mapper(Promise, register_tables.promises)
_ENTRY_CHANGES = Mapper(EntryChange, register_tables.entry_changes)


class SqlUnitOfWork:
    """Implements `coaching.ports.UnitOfWork`. Used after its `work`, it raises RuntimeError."""

    def __init__(self, transaction: Transaction) -> None:
        self.workspace_id = transaction.workspace_id
        self.teams = SqlRepository(transaction, _TEAMS)
        self.members = SqlRepository(transaction, _MEMBERS)
        self.cadences = SqlCadences(transaction)
        self.rounds = SqlRounds(transaction)
        self.sittings = SqlRepository(transaction, _SITTINGS)
        self.participations = SqlRepository(transaction, _PARTICIPATIONS)
        self.answers = SqlRepository(transaction, _ANSWERS)
        self.anonymous = SqlAnonymous(transaction)
        self.releases = SqlRepository(transaction, _RELEASES)
        self.breakdowns = SqlRepository(transaction, _BREAKDOWNS)
        self.digests = SqlRepository(transaction, _DIGESTS)
        self.purposes = SqlRepository(transaction, _PURPOSES)
        self.stakeholders = SqlRepository(transaction, _STAKEHOLDERS)
        self.ratings = SqlRepository(transaction, _RATINGS)
        self.sessions = SqlRepository(transaction, _SESSIONS)
        self.invites = SqlRepository(transaction, _INVITES)
        self.voices = SqlRepository(transaction, _VOICES)
        self.promises = SqlRepository(transaction, _PROMISES)
        self.entry_changes = SqlRepository(transaction, _ENTRY_CHANGES)
        self.trends = SqlTrends(transaction)
        self.deliveries = SqlDeliveries(transaction)
        self.inbox = SqlInbox(transaction)
