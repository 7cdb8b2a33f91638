"""In the manner of Jepsen: takes a history, trusts no client and no server, and says what was broken.

The judge is the final reading of each conversation. Whatever was acknowledged or seen by anyone must be in it, once,
under the same number; and every reader's live order must be the order of those numbers, with nothing left out.
"""
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from history import History


@dataclass
class Verdict:
    rule: str
    examined: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self):
        return not self.faults

    def require(self, condition, fault):
        self.examined += 1
        if not condition:
            self.faults.append(fault)


def check(history: History) -> list[Verdict]:
    final = final_readings(history)
    return [
        all_was_read_again(history, final),
        readings_agree(history),
        acknowledged_are_there(history, final),
        acknowledged_are_there_once(history, final),
        nothing_is_doubled(final),
        nothing_is_invented(history, final),
        nothing_seen_is_lost(history, final),
        numbers_grow(history, final),
        live_readers_see_no_double_and_no_disorder(history),
        live_readers_miss_nothing(history, final),
        all_readers_agree_on_numbers(history),
        senders_order_is_kept(history, final),
        *([sleepers_wake_once(history)] if history.beds else []),
    ]


def final_readings(history):
    return {reading.conversation: reading.messages for reading in history.readings}


def all_was_read_again(history, final):
    verdict = Verdict("every conversation was read again by everyone in it")
    readings = Counter(reading.conversation for reading in history.readings)
    for conversation in {sender.conversation for sender in history.senders}:
        verdict.require(readings[conversation] >= 2, f"{conversation} was read again {readings[conversation]} times, not by both sides")
    return verdict


def readings_agree(history):
    verdict = Verdict("both sides read the same messages in the same order")
    first = {}
    for reading in history.readings:
        mine = [(m.seq, m.id, m.label) for m in reading.messages]
        theirs = first.setdefault(reading.conversation, mine)
        verdict.require(mine == theirs, f"{reading.reader} reads {reading.conversation} differently: {first_difference(theirs, mine)}")
    return verdict


def acknowledged_are_there(history, final):
    verdict = Verdict("every acknowledged message is there, under the number it was acknowledged with")
    for sender in history.senders:
        stored = {(m.label, m.id, m.seq) for m in final.get(sender.conversation, [])}
        for message in sender.acknowledged:
            verdict.require((message.label, message.id, message.seq) in stored, f"lost: {message.label} (seq {message.seq}, {message.id})")
    return verdict


def acknowledged_are_there_once(history, final):
    verdict = Verdict("every acknowledgement of a message, the first and the repeated, names the same one")
    for sender in history.senders:
        known = {}
        for message in sender.acknowledged:
            same = known.setdefault(message.label, message)
            verdict.require(same == message, f"acknowledged as two: {same} and {message}")
    return verdict


def nothing_is_doubled(final):
    verdict = Verdict("no message is there twice, acknowledged or not")
    for messages in final.values():
        for label, times in Counter(m.label for m in messages).items():
            verdict.require(times == 1, f"doubled: {label} is there {times} times")
    return verdict


def nothing_is_invented(history, final):
    verdict = Verdict("nothing is there that nobody sent")
    sent = {(sender.conversation, label) for sender in history.senders for label in sender.sent}
    for conversation, messages in final.items():
        for message in messages:
            verdict.require((conversation, message.label) in sent, f"nobody sent {message.label!r} to {conversation}")
    return verdict


def nothing_seen_is_lost(history, final):
    verdict = Verdict("whatever anybody saw live is still there")
    stored = {message for messages in final.values() for message in messages}
    for reader in history.readers:
        for message in reader.entries:
            verdict.require(message in stored, f"{reader.name} saw {message}, which is gone or has changed")
    return verdict


def numbers_grow(history, final):
    verdict = Verdict("each conversation is read in the order of its numbers")
    for conversation, messages in final.items():
        for before, after in zip(messages, messages[1:]):
            verdict.require(before.seq < after.seq, f"{conversation}: {after.label} ({after.seq}) stands after {before.label} ({before.seq})")
    return verdict


def live_readers_see_no_double_and_no_disorder(history):
    verdict = Verdict("live readers see each message once, in the order of the numbers, across all reconnections")
    for reader in history.readers:
        for before, after in zip(reader.entries, reader.entries[1:]):
            what = "again" if before.seq == after.seq else "too late"
            verdict.require(before.seq < after.seq, f"{reader.name} saw {after.label} ({after.seq}) {what}, after {before.label} ({before.seq})")
    return verdict


def live_readers_miss_nothing(history, final):
    verdict = Verdict("live readers miss nothing of what they may see")
    for reader in history.readers:
        seen = {message.seq for message in reader.entries}
        for conversation in [reader.sees] if reader.sees else final:
            for message in final.get(conversation, []):
                if message.seq > reader.started_after:
                    verdict.require(message.seq in seen, f"hole: {reader.name} never saw {message.label} ({message.seq})")
    return verdict


def all_readers_agree_on_numbers(history):
    verdict = Verdict("a number means the same message to everyone")
    known = {}
    for message in everything_known(history):
        same = known.setdefault(message.seq, message)
        verdict.require(same == message, f"seq {message.seq} is {same.label} to one and {message.label} to another")
    return verdict


def everything_known(history):
    for sender in history.senders:
        yield from sender.acknowledged
    for reader in history.readers:
        yield from reader.entries
    for reading in history.readings:
        yield from reading.messages


def senders_order_is_kept(history, final):
    verdict = Verdict("each sender's messages stand in the order they were sent")
    place = defaultdict(dict)
    for conversation, messages in final.items():
        place[conversation] = {message.label: i for i, message in enumerate(messages)}
    for sender in history.senders:
        stands = [(place[sender.conversation][label], label) for label in sender.sent if label in place[sender.conversation]]
        for (before, earlier), (after, later) in zip(stands, stands[1:]):
            verdict.require(before < after, f"{sender.name}: {later} stands before {earlier}")
    return verdict


def sleepers_wake_once(history):
    """Asked again for want of an answer, a snooze may stand there twice: the later word holds."""
    verdict = Verdict("whatever was put to sleep woke once, not too early, and nothing was forgotten")
    for bed in history.beds:
        told = {line.until for line in bed.lines if line.kind == "snoozed"}
        for until in bed.acknowledged:
            verdict.require(until in told, f"{bed.conversation}: the acknowledged snooze until {until} is lost")
        for before, after in zip([None, *bed.lines], bed.lines):
            if after.kind == "woken":
                verdict.require(before and before.kind == "snoozed", f"{bed.conversation}: woke again ({after.seq}) without having slept")
                verdict.require(not before or not before.until or after.at >= before.until, f"{bed.conversation}: woke too early ({after.seq})")
        verdict.require(not bed.lines or bed.lines[-1].kind == "woken", f"{bed.conversation}: was forgotten")
    return verdict


def first_difference(one, other):
    for i, (a, b) in enumerate(zip(one, other)):
        if a != b:
            return f"at place {i} {b} instead of {a}"
    return f"{len(other)} messages instead of {len(one)}"
