"""Fast fingers: fifty messages each, and the same message sent twice."""

from playwright.sync_api import expect
from talks import begin_talk

MANY = 50


def test_fifty_messages_from_each_arrive_once_and_in_one_order(windows, company):
    talk = begin_talk(windows, "Nyt tulee paljon")
    for number in range(MANY):
        talk.panel.say(f"viesti {number:02}.")
        talk.desk.say(f"vastaus {number:02}.")
    for side, last in ((talk.desk, "viesti"), (talk.panel, "vastaus")):
        expect(side.message(f"{last} {MANY - 1:02}.")).to_be_visible(timeout=90_000)
    for side in (talk.panel, talk.desk):
        expect(side.log.locator("[data-state=sending], [data-state=failed]")).to_have_count(0, timeout=60_000)
    kept = [message["text"] for message in everything(company, talk.id)]
    assert len(kept) == len(set(kept)) == 2 * MANY + 1
    for who in ("viesti", "vastaus"):
        assert [text for text in kept if text.startswith(who)] == [f"{who} {number:02}." for number in range(MANY)]
    assert [text for _, text in talk.panel.said()] == kept
    assert [text for _, text in talk.desk.said()] == kept


def everything(company, conversation):
    messages = company.messages(conversation)
    before = min(message["seq"] for message in messages)
    earlier = company.owner("GET", f"conversations/{conversation}/messages?limit=100&before={before}")["messages"]
    return [message for message in earlier if message["kind"] == "reply"] + messages


def test_enter_pressed_twice_sends_once(windows, company):
    talk = begin_talk(windows, "Tuplaklikkaus")
    talk.panel.box.fill("vain kerran")
    for _ in range(3):
        talk.panel.box.press("Enter")
    talk.desk.reply.fill("minäkin kerran")
    for _ in range(3):
        talk.desk.reply.press("Control+Enter")
    expect(talk.panel.message("minäkin kerran")).to_be_visible()
    assert [message["text"] for message in company.messages(talk.id)] == ["Tuplaklikkaus", "vain kerran", "minäkin kerran"]


def test_an_answer_that_got_lost_on_the_way_does_not_double_the_message(windows, company):
    talk = begin_talk(windows, "Vastaus katoaa matkalla")
    lost = []

    def lose_first(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort("connectionreset")

    talk.shop.page.route("**/api/v1/conversations/*/messages", lambda route: lose_first(route) if route.request.method == "POST" else route.continue_())
    talk.panel.say("tämä menee kahdesti")
    expect(talk.panel.message("tämä menee kahdesti")).not_to_have_attribute("data-state", "sending", timeout=15_000)
    talk.shop.page.wait_for_timeout(2500)
    assert lost == [201]
    assert [message["text"] for message in company.messages(talk.id)].count("tämä menee kahdesti") == 1
    expect(talk.panel.messages.filter(has_text="tämä menee kahdesti")).to_have_count(1)
    expect(talk.desk.messages.filter(has_text="tämä menee kahdesti")).to_have_count(1)
