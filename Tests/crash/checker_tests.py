"""Made-up histories, each with one fault that the checker must name. Run: python3 -m unittest checker_tests"""
import unittest
from collections import Counter
from dataclasses import replace

from checker import check
from history import Bed, Gap, History, Line, Message, Reader, Reading, Sender
from rolling import TROUBLES, Watch, everybody_stayed, nobody_noticed, sockets_were_told


def spotless():
    """A visitor and an agent say three messages each, in turn; one more was sent and never acknowledged, but kept."""
    labels = [f"{who} {n}" for n in (1, 2, 3) for who in ("visitor", "agent")] + ["visitor 4"]
    messages = [Message("c1", 10 + i, f"m{i}", label) for i, label in enumerate(labels)]
    history = History()
    for who in ("visitor", "agent"):
        own = [m for m in messages if m.label.startswith(who)]
        history.senders.append(Sender(who, "c1", [m.label for m in own], own[:3]))
    history.readers = [Reader("visitor by socket", "c1", 0, list(messages)), Reader("agent by poll", None, 0, list(messages))]
    history.readings = [Reading("visitor", "c1", list(messages)), Reading("agent", "c1", list(messages))]
    night = [Line(20, "snoozed", 1000, 2000), Line(21, "woken", 2300), Line(22, "snoozed", 3000, 4000), Line(23, "woken", 4001)]
    history.beds = [Bed("c2", [2000, 4000], night)]
    return history


def broken_rules(history):
    return {verdict.rule for verdict in check(history) if not verdict.holds}


class CheckerTests(unittest.TestCase):
    def assert_breaks(self, history, *words):
        broken = broken_rules(history)
        for word in words:
            self.assertTrue(any(word in rule for rule in broken), f"{word!r} not among {broken}")

    def test_a_spotless_history_passes_and_something_was_examined(self):
        verdicts = check(spotless())
        self.assertEqual([v.faults for v in verdicts], [[]] * len(verdicts))
        self.assertTrue(all(v.examined > 0 for v in verdicts))

    def test_a_message_sent_and_never_acknowledged_may_be_missing(self):
        history = spotless()
        for entries in all_entries(history):
            entries.pop()
        self.assertEqual(broken_rules(history), set())

    def test_an_acknowledged_message_is_lost_everywhere(self):
        history = spotless()
        for entries in all_entries(history):
            del entries[2]
        self.assert_breaks(history, "every acknowledged message is there")

    def test_an_acknowledged_message_stands_under_another_number(self):
        history = spotless()
        for entries in all_entries(history):
            entries[6] = replace(entries[6], seq=30)
        sender = history.senders[0]
        sender.acknowledged.append(Message("c1", 16, "m6", "visitor 4"))
        self.assert_breaks(history, "every acknowledged message is there")

    def test_a_message_is_stored_twice(self):
        history = spotless()
        for entries in all_entries(history):
            entries.append(replace(entries[2], seq=40, id="m40"))
        self.assert_breaks(history, "no message is there twice")

    def test_an_unacknowledged_message_is_stored_twice(self):
        history = spotless()
        for entries in all_entries(history):
            entries.append(replace(entries[6], seq=40, id="m40"))
        self.assert_breaks(history, "no message is there twice")

    def test_a_repeated_request_is_acknowledged_as_another_message(self):
        history = spotless()
        first = history.senders[0].acknowledged[0]
        history.senders[0].acknowledged.append(replace(first, id="other"))
        self.assert_breaks(history, "names the same one")

    def test_two_messages_of_one_sender_change_places(self):
        history = spotless()
        for entries in all_entries(history):
            a, b = entries[0], entries[2]
            entries[0], entries[2] = replace(b, seq=a.seq), replace(a, seq=b.seq)
        self.assert_breaks(history, "order they were sent")

    def test_a_reader_sees_two_messages_the_other_way_round(self):
        history = spotless()
        entries = history.readers[0].entries
        entries[1], entries[2] = entries[2], entries[1]
        self.assert_breaks(history, "once, in the order")

    def test_a_reader_sees_a_message_again_after_reconnecting(self):
        history = spotless()
        entries = history.readers[0].entries
        entries.insert(3, entries[2])
        self.assert_breaks(history, "once, in the order")

    def test_a_reader_misses_one_in_the_middle(self):
        history = spotless()
        del history.readers[1].entries[3]
        self.assert_breaks(history, "miss nothing")

    def test_a_reader_misses_the_last_one(self):
        history = spotless()
        history.readers[1].entries.pop()
        self.assert_breaks(history, "miss nothing")

    def test_something_seen_before_it_was_stored_is_gone(self):
        history = spotless()
        history.readers[0].entries.append(Message("c1", 50, "m50", "visitor 5"))
        self.assert_breaks(history, "still there")

    def test_the_two_sides_read_another_order(self):
        history = spotless()
        messages = history.readings[1].messages
        messages[0], messages[1] = messages[1], messages[0]
        self.assert_breaks(history, "same order")

    def test_one_side_reads_less(self):
        history = spotless()
        history.readings[1].messages.pop()
        self.assert_breaks(history, "same order")

    def test_a_conversation_reads_against_its_numbers(self):
        history = spotless()
        for reading in history.readings:
            reading.messages.reverse()
        self.assert_breaks(history, "order of its numbers")

    def test_a_number_is_used_for_two_messages(self):
        history = spotless()
        history.readers[1].entries[2] = Message("c2", 12, "m99", "someone else's")
        self.assert_breaks(history, "same message to everyone")

    def test_a_message_nobody_sent(self):
        history = spotless()
        for reading in history.readings:
            reading.messages.append(Message("c1", 60, "m60", "from nowhere"))
        self.assert_breaks(history, "nobody sent")

    def test_a_conversation_nobody_read_again(self):
        history = spotless()
        history.readings.pop()
        self.assert_breaks(history, "read again")

    def test_a_snooze_asked_for_twice_is_one(self):
        history = spotless()
        history.beds[0].lines.insert(3, Line(24, "snoozed", 3100, 4000))
        self.assertEqual(broken_rules(history), set())

    def test_a_conversation_wakes_twice(self):
        history = spotless()
        history.beds[0].lines.insert(2, Line(30, "woken", 2400))
        self.assert_breaks(history, "woke once")

    def test_a_conversation_is_forgotten(self):
        history = spotless()
        history.beds[0].lines.pop()
        self.assert_breaks(history, "woke once")

    def test_a_conversation_wakes_too_early(self):
        history = spotless()
        history.beds[0].lines[3] = Line(23, "woken", 3999)
        self.assert_breaks(history, "woke once")

    def test_a_snooze_is_lost(self):
        history = spotless()
        del history.beds[0].lines[2:]
        self.assert_breaks(history, "woke once")


class RestartTests(unittest.TestCase):
    def test_a_spotless_restart_passes(self):
        readers = [Reader("visitor", "c1", 0, gaps=[Gap("visitor", 1.2, True, "closed: 1001 retry=1200")])]
        watch = watch_that_saw("here")
        for verdict in (nobody_noticed(Counter(acknowledged=3), readers), sockets_were_told(readers, 1), everybody_stayed(watch, readers)):
            self.assertTrue(verdict.holds and verdict.examined, verdict)

    def test_each_trouble_of_a_client_is_named(self):
        for trouble in [*TROUBLES, "refused with 502"]:
            self.assertFalse(nobody_noticed(Counter({"acknowledged": 3, trouble: 1}), []).holds, trouble)

    def test_a_socket_ends_without_a_word(self):
        self.assertFalse(sockets_were_told([Reader("visitor", "c1", 0, gaps=[Gap("visitor", 1.2, False, "0 bytes read")])], 1).holds)

    def test_no_socket_ends(self):
        self.assertFalse(sockets_were_told([Reader("visitor", "c1", 0)], 3).holds)

    def test_a_node_says_that_an_agent_is_away(self):
        self.assertFalse(everybody_stayed(watch_that_saw("away"), []).holds)

    def test_a_reader_hears_that_an_agent_is_away(self):
        self.assertFalse(everybody_stayed(watch_that_saw("here"), [Reader("visitor", "c1", 0, absences=["nobody is here"])]).holds)

    def test_nobody_looked(self):
        self.assertFalse(everybody_stayed(Watch(None, "", ["Aino"]), []).holds)


def watch_that_saw(presence):
    watch = Watch(None, "", ["Aino"])
    watch.note(1, [{"name": "Aino", "presence": presence}])
    return watch


def all_entries(history):
    return [reader.entries for reader in history.readers] + [reading.messages for reading in history.readings]


if __name__ == "__main__":
    unittest.main()
