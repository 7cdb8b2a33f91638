"""Everything read again from the beginning, page by page, when all is over."""
from history import Reader, Reading
from wire import Broken
from writing import message_of


async def whole_conversation(connection, conversation):
    return [message_of(m) for m in await every_line(connection, conversation) if m["kind"] != "event"]


async def every_line(connection, conversation):
    pages, before = [], ""
    while True:
        status, answer = await connection.request("GET", f"/api/v1/conversations/{conversation}/messages?limit=200{before}", timeout=60)
        if status != 200:
            raise Broken(f"{status} {answer}")
        pages.append(answer["messages"])
        if not answer["more"]:
            break
        before = f"&before={answer['messages'][0]['seq']}"
    return [line for page in reversed(pages) for line in page]


async def read_again(connection, name, conversation):
    return Reading(name, conversation, await whole_conversation(connection, conversation))


async def whole_log(connection, name, sees, started_after, site=""):
    """The event log itself, asked from the very start: one more reader, who was away all the time."""
    reader, after = Reader(name, sees, started_after), started_after
    while True:
        status, answer = await connection.request("GET", f"/api/v1/events?after={after}&wait=0{site}", timeout=60)
        if status != 200:
            raise Broken(f"{status} {answer}")
        if answer.get("reset"):
            reader.resets += 1
            return reader
        reader.entries += [message_of(e["message"]) for e in answer["events"] if e["type"] == "message.added" and e["message"]["kind"] != "event"]
        if not answer["events"] or answer["seq"] <= after:
            return reader
        after = answer["seq"]
