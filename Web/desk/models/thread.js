/** One conversation as it is read: messages in order, what is still on its way, and the lines between them. */

/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Mark} Mark */
/** @typedef {{ clientId: string, conversation: string, text: string, kind?: string, attachments?: object[], at: number, state: "sending"|"failed", problem?: object }} Waiting */

const sameBreath = 5 * 60_000;

export class Thread {
  /** @type {Map<number, Message>} */
  #bySeq = new Map();
  /** More messages lie before the earliest one here. */
  hasEarlier = false;
  /** The first load has been done. */
  isLoaded = false;

  /** Takes in messages from a load or from the news; the same one twice is one. @param {Message[]} messages */
  add(messages) {
    for (const message of messages) this.#bySeq.set(message.seq, message);
  }

  /** @param {Message[]} messages @param {boolean} more */
  load(messages, more) {
    this.add(messages);
    this.hasEarlier = more;
    this.isLoaded = true;
  }

  /** Forgets everything: what was here can't be trusted after a hole in the news. */
  clear() {
    this.#bySeq.clear();
    this.isLoaded = false;
  }

  /** @returns {Message[]} oldest first */
  get messages() {
    return [...this.#bySeq.values()].sort((one, other) => one.seq - other.seq);
  }

  get earliestSeq() {
    return this.messages[0]?.seq;
  }

  get latestSeq() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** Whether a message said here has come back from the server. @param {string} clientId */
  has(clientId) {
    return this.messages.some((message) => message.clientId === clientId);
  }
}

/**
 * The lines of the log, oldest first: day separators, messages, notes, events, and last what waits to go.
 * @param {Message[]} messages @param {Waiting[]} waiting @param {{ marks: { contact: Mark, agent: Mark }, me: string, dayOf: (at: number) => string }} view
 */
export function lines(messages, waiting, { marks, me, dayOf }) {
  const arrived = new Set(messages.map((message) => message.clientId).filter(Boolean));
  const said = [
    ...messages.map((message) => sent(message, marks, me)),
    ...waiting.filter((item) => !arrived.has(item.clientId)).map((item) => onItsWay(item)),
  ];
  return withRuns(withDays(said, dayOf));
}

/** How far a message has got. @param {Message} message @param {{ contact: Mark, agent: Mark }} marks */
export function stateOf(message, marks) {
  const mark = message.author.kind === "contact" ? marks.agent : marks.contact;
  if (message.seq <= (mark?.read ?? 0)) return "read";
  return message.seq <= (mark?.delivered ?? 0) ? "delivered" : "sent";
}

function sent(message, marks, me) {
  return {
    key: message.clientId ?? message.id,
    type: lineType(message),
    message,
    own: message.author.kind !== "contact",
    mine: message.author.kind === "agent" && message.author.id === me,
    at: message.at,
    state: stateOf(message, marks),
  };
}

function lineType(message) {
  if (message.kind === "note") return "note";
  if (message.kind !== "event") return "message";
  return message.event?.kind === "joined" ? "handover" : "event";
}

function onItsWay(item) {
  const message = {
    id: item.clientId, clientId: item.clientId, conversation: item.conversation, seq: Infinity, kind: item.kind ?? "reply",
    text: item.text, at: item.at, author: { kind: "agent" }, attachments: item.attachments ?? [],
  };
  const type = message.kind === "note" ? "note" : "message";
  return { key: item.clientId, type, message, own: true, mine: true, at: item.at, state: item.state, problem: item.problem };
}

function withDays(said, dayOf) {
  const result = [];
  let day;
  for (const line of said) {
    const its = dayOf(line.at);
    if (its !== day) result.push({ key: `day-${its}`, type: "day", at: line.at });
    day = its;
    result.push(line);
  }
  return result;
}

/** Marks where a run of one speaker begins (name shown) and ends (time and state shown). */
function withRuns(all) {
  return all.map((line, index) => ({
    ...line,
    opens: !sameRun(all[index - 1], line),
    closes: !sameRun(line, all[index + 1]) || all[index + 1].state !== line.state,
  }));
}

function sameRun(one, other) {
  return Boolean(one && other) && one.type === "message" && other.type === "message"
    && speaker(one) === speaker(other) && other.at - one.at < sameBreath;
}

function speaker({ message, mine }) {
  return mine ? "me" : `${message.author.kind}:${message.author.id ?? message.author.name ?? ""}`;
}

/** Text beyond these is folded, so that one paste doesn't bury the conversation. */
const foldedLines = 18;
const foldedLength = 1600;

/** The part of a long text shown before it is unfolded, or undefined when all of it fits. @param {string} text */
export function folded(text) {
  const rows = text.split("\n");
  if (rows.length <= foldedLines + 4 && text.length <= foldedLength + 400) return undefined;
  const head = rows.slice(0, foldedLines).join("\n");
  return [...head.slice(0, foldedLength)].join("").replace(/[\ud800-\udbff]$/, "");
}
