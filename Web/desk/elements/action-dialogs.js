/** The questions an action asks: to whom, until when, with which words, which tag. */
import { html, replace } from "../../shared/html.js";
import { fill, textIn } from "../models/canned-replies.js";
import { asLocal, choices } from "../models/snooze.js";
import { openDialog } from "./dialog.js";
import { icon } from "./icon.js";
import { avatar, firstNameOf, nameOf } from "./people.js";
import { when } from "./times.js";

/** Give to a colleague or a team, with a word. @param {import("./app.js").App} app @param {import("../models/types.js").Conversation} conversation */
export function askTransfer(app, conversation) {
  const { words, desk } = app;
  const nearness = ["here", "break", "away"];
  const colleagues = desk.colleagues.filter((agent) => agent.id !== conversation.agent?.id)
    .sort((one, other) => nearness.indexOf(one.presence) - nearness.indexOf(other.presence) || Number(one.id === desk.me.id) - Number(other.id === desk.me.id));
  const option = (value, face, name, about, index) => html`<label class="option-row"><input type="radio" name="to" value=${value} ?checked=${index === 0}>${face}<span><b>${name}</b><br><span class="small quiet">${about}</span></span><span></span></label>`;
  const people = colleagues.map((agent, index) => option(`agent:${agent.id}`, avatar(agent, { presence: agent.presence }), agent.id === desk.me.id ? words("desk.transfer.me", { name: agent.name }) : agent.fullName || agent.name, words(`desk.presence.${agent.presence}`), index));
  const teams = [...desk.teams.values()].map((team, index) => option(`team:${team.id}`, html`<span class="avatar" aria-hidden="true">${icon("users", "s")}</span>`, team.name, words("desk.transfer.team"), people.length + index));
  const dialog = openDialog({
    title: words(conversation.agent ? "desk.transfer.title" : "desk.assign.title", { name: firstNameOf(conversation.contact, words) }),
    closeLabel: words("desk.dialog.close"),
    body: [html`<div class="options" role="radiogroup" aria-label=${words("desk.transfer.to")}>${people}${teams}</div>`,
      html`<div class="field"><label for="transfer-note">${words("desk.transfer.note")}</label><textarea class="input" id="transfer-note" name="note" rows="2"></textarea><p class="hint">${words("desk.transfer.noteHint")}</p></div>`],
    footer: [cancel(app, () => dialog.close()), html`<button class="button is-primary">${words(conversation.agent ? "desk.action.transfer" : "desk.action.assign")}</button>`],
    focus: "input:checked",
    onSubmit: (form) => {
      const [kind, id] = String(new FormData(form).get("to") ?? "").split(":");
      if (!id) return;
      const note = form.elements.note.value.trim();
      dialog.close();
      app.perform((actions) => actions.transfer(conversation.id, kind === "team" ? { team: id, note } : { agent: id, note }));
    },
  });
}

/** Put aside until a time. */
export function askSnooze(app, conversation) {
  const { words } = app;
  const now = Date.now();
  const snooze = (until) => { dialog.close(); app.perform((actions) => actions.snooze(conversation.id, until), { time: when(until, words) }); };
  const offers = choices(now).map(({ name, at }) => html`<button type="button" class="option-row" @click=${() => snooze(at)}>${icon("moon")}<b>${words(`desk.snooze.${name}`)}</b><span class="quiet small">${when(at, words)}</span></button>`);
  const dialog = openDialog({
    title: words("desk.snooze.title"), closeLabel: words("desk.dialog.close"),
    body: [html`<p class="small soft">${words("desk.snooze.about", { name: firstNameOf(conversation.contact, words) })}</p>`, html`<div class="options">${offers}</div>`,
      html`<div class="field"><label for="snooze-at">${words("desk.snooze.choose")}</label><span class="row"><input class="input" type="datetime-local" id="snooze-at" name="at" min=${asLocal(now)} value=${asLocal(now + 86_400_000)}><button class="button">${words("desk.snooze.set")}</button></span></div>`],
    focus: ".option-row",
    onSubmit: (form) => {
      const at = new Date(form.elements.at.value).getTime();
      if (at > Date.now()) snooze(at);
      else form.elements.at.setAttribute("aria-invalid", "true");
    },
  });
}

/** End with closing words, or without. */
export function askClose(app, conversation) {
  const { words, desk } = app;
  const known = { customer: conversation.contact.name, me: desk.me.name, company: conversation.site?.name || desk.workspace.name, page: conversation.page?.title };
  const closings = [...desk.cannedReplies.values()].filter(({ kind }) => kind === "closing");
  const text = (reply) => fill(textIn(reply, conversation.language), known);
  const box = html`<textarea class="input" id="closing-text" name="text" rows="4" lang=${conversation.language}></textarea>`;
  box.value = closings.length ? text(closings[0]) : "";
  const chips = closings.map((reply, index) => html`<button type="button" class="chip" aria-pressed=${String(index === 0)} @click=${(event) => { box.value = text(reply); for (const chip of event.currentTarget.parentNode.children) chip.setAttribute("aria-pressed", String(chip === event.currentTarget)); box.focus(); }}>${reply.title}</button>`);
  const end = (said) => { dialog.close(); app.deeds.close(conversation.id, said); };
  const dialog = openDialog({
    title: words("desk.close.title", { name: nameOf(conversation.contact, words) }), closeLabel: words("desk.dialog.close"),
    body: [chips.length > 1 ? html`<div class="row wrap" role="group" aria-label=${words("desk.close.phrases")}>${chips}</div>` : "",
      html`<div class="field"><label for="closing-text">${words("desk.close.words")}</label>${box}<p class="hint">${words("desk.close.hint")}</p></div>`],
    footer: [html`<button type="button" class="button is-quiet" @click=${() => end("")}>${words("desk.close.silently")}</button>`, html`<button class="button is-primary">${icon("send", "s")}${words("desk.close.send")}</button>`],
    focus: "footer .is-primary",
    onSubmit: () => end(box.value.trim()),
  });
}

/** Add and remove tags. */
export function askTag(app, conversation) {
  const { words, desk } = app;
  const list = html`<datalist id="known-tags">${desk.tags.map((tag) => html`<option value=${tag}></option>`)}</datalist>`;
  const shown = html`<div class="tag-list"></div>`;
  const draw = () => replace(shown, ...tagNodes(app, desk.conversations.get(conversation.id), draw));
  const dialog = openDialog({
    title: words("desk.tag.title"), closeLabel: words("desk.dialog.close"),
    body: [shown, html`<div class="field"><label for="new-tag">${words("desk.tag.label")}</label><span class="row"><input class="input" id="new-tag" name="tag" list="known-tags" maxlength="60" autocomplete="off"><button class="button is-primary">${words("desk.tag.add")}</button></span></div>`, list],
    footer: [cancel(app, () => dialog.close(), "desk.dialog.done")],
    focus: "#new-tag",
    onSubmit: async (form) => {
      const tag = form.elements.tag.value.trim();
      if (!tag) return dialog.close();
      await app.perform((actions) => actions.addTag(conversation.id, tag));
      form.elements.tag.value = "";
      draw();
      return undefined;
    },
  });
  draw();
}

/** Tags with a way to take each off. */
export function tagNodes(app, conversation, after = () => {}) {
  const remove = async (tag) => { await app.perform((actions) => actions.removeTag(conversation.id, tag)); after(); };
  return conversation.tags.map((tag) => html`<span class="tag">${icon("tag", "s")}${tag}<button type="button" class="remove" aria-label=${app.words("desk.tag.remove", { tag })} @click=${() => remove(tag)}>${icon("close", "s")}</button></span>`);
}

function cancel(app, close, label = "desk.dialog.cancel") {
  return html`<button type="button" class="button is-quiet" @click=${close}>${app.words(label)}</button>`;
}
