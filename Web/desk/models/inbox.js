/** The inbox: which conversations a view holds, in what order, under which headings. No DOM, no clock. */

/** @typedef {import("./types.js").Conversation} Conversation */
/** @typedef {"mine"|"unassigned"|"all"|"snoozed"|"closed"} View */
/** @typedef {{ group: string, id: string }} Place one row: the heading it stands under, and the conversation's id */

/** @type {View[]} */
export const views = ["mine", "unassigned", "all", "snoozed", "closed"];

/** Views whose size is shown on their button. */
export const countedViews = ["mine", "unassigned", "all", "snoozed"];

/**
 * Whether a conversation belongs in a view of this agent.
 * @param {Conversation} conversation @param {View} view @param {string} me
 */
export function belongs(conversation, view, me) {
  switch (view) {
    case "closed": return conversation.state === "closed";
    case "snoozed": return conversation.state === "snoozed";
    case "all": return isAtHand(conversation);
    case "mine": return isAtHand(conversation) && conversation.agent?.id === me;
    case "unassigned": return isAtHand(conversation) && !conversation.agent;
  }
}

/** Neither closed nor snoozed. @param {Conversation} conversation */
export function isAtHand(conversation) {
  return conversation.state !== "closed" && conversation.state !== "snoozed";
}

/** The customer is owed an answer. @param {Conversation} conversation */
export function waitsForUs(conversation) {
  return isAtHand(conversation) && conversation.owedSince !== undefined;
}

/**
 * The rows of a view in order: the longest waiting customer first, then those who wait for nobody, newest first.
 * @param {Iterable<Conversation>} conversations @param {View} view @param {string} me
 * @returns {Place[]}
 */
export function arrange(conversations, view, me) {
  return [...conversations]
    .filter((conversation) => belongs(conversation, view, me))
    .sort(orders[view] ?? byNeed)
    .map((conversation) => ({ group: groupOf(conversation), id: conversation.id }));
}

/**
 * The order to show while a row is pointed at: nothing moves, nothing vanishes, newcomers come last.
 * @param {Place[]} shown @param {Place[]} wanted
 * @returns {Place[]}
 */
export function holdStill(shown, wanted) {
  const known = new Set(shown.map((place) => place.id));
  const newcomers = wanted.filter((place) => !known.has(place.id));
  return [...shown, ...newcomers.map(({ id }) => ({ group: "new", id }))];
}

/** @param {Place[]} one @param {Place[]} other */
export function sameOrder(one, other) {
  return one.length === other.length
    && one.every((place, index) => place.id === other[index].id && place.group === other[index].group);
}

/**
 * How the sizes of the views change when a conversation becomes another. Undefined before = it was not known here.
 * @param {Record<string, number>} counts @param {Conversation|undefined} before @param {Conversation} after @param {string} me
 */
export function recount(counts, before, after, me) {
  const now = { ...counts };
  for (const view of countedViews) {
    const was = before ? belongs(before, /** @type {View} */ (view), me) : false;
    const is = belongs(after, /** @type {View} */ (view), me);
    now[view] = Math.max(0, (now[view] ?? 0) + Number(is) - Number(was));
  }
  return now;
}

/** The neighbour of a row. @param {Place[]} places @param {string|undefined} id @param {1|-1} step */
export function neighbour(places, id, step) {
  if (!places.length) return undefined;
  const at = places.findIndex((place) => place.id === id);
  if (at < 0) return places[step > 0 ? 0 : places.length - 1].id;
  return places[Math.min(places.length - 1, Math.max(0, at + step))].id;
}

function groupOf(conversation) {
  if (conversation.state === "closed" || conversation.state === "snoozed") return conversation.state;
  if (conversation.state === "bot") return "bot";
  return waitsForUs(conversation) ? "us" : "them";
}

const rank = { us: 0, them: 1, bot: 2, snoozed: 3, closed: 4 };

function byNeed(one, other) {
  const [first, second] = [groupOf(one), groupOf(other)];
  if (first !== second) return rank[first] - rank[second];
  if (first === "us") return one.owedSince - other.owedSince || byId(one, other);
  return (other.lastAt ?? 0) - (one.lastAt ?? 0) || byId(one, other);
}

function bySnooze(one, other) {
  return (one.until ?? 0) - (other.until ?? 0) || byId(one, other);
}

function byClosing(one, other) {
  return other.stateAt - one.stateAt || byId(other, one);
}

const orders = { snoozed: bySnooze, closed: byClosing };

function byId(one, other) {
  return one.id < other.id ? -1 : 1;
}
