/**
 * The things of the wire contract (docs/api.md), as the desk's models know them.
 *
 * @typedef {{ kind: "contact"|"agent"|"bot"|"system", id?: string, name?: string, picture?: string }} Author
 * @typedef {{ id: string, name: string, type: string, size: number, url: string, width?: number, height?: number }} Attachment
 * @typedef {{ kind: string, agent?: Author, to?: Author, team?: Team, until?: number, by?: Author, score?: number, comment?: string }} Happening
 * @typedef {{ id: string, conversation: string, seq: number, clientId?: string, author: Author, kind: "reply"|"note"|"event",
 *   text: string, at: number, attachments?: Attachment[], mentions?: string[], event?: Happening }} Message
 * @typedef {{ delivered: number, read: number }} Mark
 * @typedef {{ url: string, title: string, referrer?: string }} Page
 * @typedef {{ id: string, page?: Page, device: { browser: string, os: string, kind: string }, language: string,
 *   startedAt: number, seenAt: number, online: boolean }} VisitorSession
 * @typedef {{ id: string, name?: string, email?: string, phone?: string, verified: boolean, externalId?: string, language?: string,
 *   createdAt: number, attributes: Record<string, string|number|boolean>, sessions?: VisitorSession[] }} Contact
 * @typedef {{ id: string, site: { key: string, name: string }, contact: Contact, state: "bot"|"waiting"|"open"|"snoozed"|"closed",
 *   stateAt: number, stateBy?: Author, until?: number, agent?: Author, team?: Team, language: string, startedAt: number,
 *   lastAt: number, last?: { text: string, author: Author, at: number, kind: string }, owedSince?: number, tags: string[],
 *   rating?: { score: number, comment?: string }, page?: Page, lastSeq: number, unread: number,
 *   marks: { contact: Mark, agent: Mark } }} Conversation
 * @typedef {{ id: string, name: string, fullName: string, email?: string, picture?: string, role: "owner"|"admin"|"agent",
 *   presence: "here"|"break"|"away", active: boolean, teams: string[], language: string, settings?: Record<string, unknown> }} Agent
 * @typedef {{ id: string, name: string }} Team
 * @typedef {{ id: string, kind: "reply"|"greeting"|"closing", shortcut: string, title: string, texts: Record<string, string> }} CannedReply
 */
export {};
