"""What every client did and saw, written down as it happens; the checker knows nothing else."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A message as one client got to know it. The label is its text, made unique by the sender."""
    conversation: str
    seq: int
    id: str
    label: str


@dataclass
class Sender:
    """Sends one message after the other: the next only when the last is acknowledged."""
    name: str
    conversation: str = ""
    sent: list[str] = field(default_factory=list)
    acknowledged: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Gap:
    """The time without news between one socket and the next: from its end to the first word of the new one."""
    reader: str
    seconds: float
    was_told: bool
    reason: str


@dataclass
class Reader:
    """Follows live, in the order things came; `sees` is one conversation, or None for all of them."""
    name: str
    sees: str | None
    started_after: int
    entries: list[Message] = field(default_factory=list)
    reconnects: int = 0
    resets: int = 0
    gaps: list[Gap] = field(default_factory=list)
    #: When somebody was said to be away who was here all the time.
    absences: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """A whole conversation as read again when all was over."""
    reader: str
    conversation: str
    messages: list[Message]


@dataclass(frozen=True)
class Line:
    """That a conversation was snoozed, or woke: times in milliseconds."""
    seq: int
    kind: str
    at: int
    until: int | None = None


@dataclass
class Bed:
    """A conversation that is snoozed again and again: until when, as acknowledged, and what its thread says in the end."""
    conversation: str
    acknowledged: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass
class History:
    senders: list[Sender] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    beds: list[Bed] = field(default_factory=list)
