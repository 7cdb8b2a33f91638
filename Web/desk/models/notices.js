/** Which news is worth a sound and a notification: new work for anybody, a message in mine, work given to me, a mention of me. Nothing else. */

/** @typedef {{ type: "new"|"message"|"mention"|"given", conversation: string, who?: string, text: string, by?: string }} Notice */

/** News older than this came while we were away; it is shown, but it doesn't ring. */
const fresh = 60_000;

/**
 * @param {any} event an event of the news
 * @param {{ me: import("./types.js").Agent, conversation?: import("./types.js").Conversation, isNewcomer?: boolean, now: number }} desk `conversation` as it was before the event
 * @returns {Notice|undefined}
 */
export function noticeOf(event, { me, conversation, isNewcomer = false, now }) {
  if (event.type !== "message.added" || me.presence === "away" || now - event.message.at > fresh) return undefined;
  const { message } = event;
  if (message.author.id === me.id) return undefined;
  const type = typeOf(message, conversation, me, isNewcomer);
  return type && { type, conversation: event.conversation, who: conversation?.contact.name, text: message.text, by: message.author.name ?? message.event?.by?.name };
}

function typeOf(message, conversation, me, isNewcomer) {
  if (message.kind === "note") return message.mentions?.includes(me.id) ? "mention" : undefined;
  if (message.kind === "event") return isGivenTo(message.event, me) ? "given" : undefined;
  if (message.author.kind !== "contact") return undefined;
  if (conversation?.agent) return conversation.agent.id === me.id ? "message" : undefined;
  return isNewcomer || beginsToWait(conversation) ? "new" : undefined;
}

function isGivenTo(event, me) {
  return ["transferred", "assigned"].includes(event?.kind) && event.to?.id === me.id && (event.by ?? event.agent)?.id !== me.id;
}

/** Only the first of several lines rings: the rest come from somebody already heard. */
function beginsToWait(conversation) {
  return !conversation || conversation.last?.author.kind !== "contact" || conversation.state === "closed";
}
