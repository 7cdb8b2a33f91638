/** The desk's addresses: `/desk`, `/desk/c/<conversation>`, `/desk/c/<conversation>/customer`, `/desk/settings/<page>`. */

/** @typedef {{ screen: "inbox"|"settings", conversation?: string, pane?: "customer", page?: string, view?: string }} Place */

export const settingsPages = ["site", "people", "replies", "account"];

/** @param {{ pathname: string, search: string }} address @returns {Place} */
export function placeOf({ pathname, search }) {
  const [, , first, second, third] = pathname.split("/");
  const view = new URLSearchParams(search).get("view") ?? undefined;
  if (first === "settings") return { screen: "settings", page: settingsPages.includes(second) ? second : undefined };
  if (first === "c" && second) return { screen: "inbox", conversation: decodeURIComponent(second), pane: third === "customer" ? "customer" : undefined, view };
  return { screen: "inbox", view };
}

/** @param {Place} place */
export function addressOf({ screen, conversation, pane, page, view }) {
  if (screen === "settings") return page ? `/desk/settings/${page}` : "/desk/settings";
  const path = conversation ? `/desk/c/${encodeURIComponent(conversation)}${pane ? `/${pane}` : ""}` : "/desk";
  return view ? `${path}?view=${view}` : path;
}
