/** A modal over the desk: focus stays inside, Esc is the safe choice, and focus goes back to where it was. */
import { html } from "../../shared/html.js";
import { icon } from "./icon.js";

/**
 * Shows a dialog and waits for it to go.
 * @param {{ title: string, body: any, footer?: any, closeLabel: string, wide?: boolean, onSubmit?: (form: HTMLFormElement) => any, focus?: string }} content
 * @returns {{ node: HTMLDialogElement, close: () => void, closed: Promise<void> }}
 */
export function openDialog({ title, body, footer, closeLabel, wide = false, onSubmit, focus }) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const node = html`
    <dialog class="over" aria-labelledby=${id}>
      <form class="dialog ${wide ? "wide" : ""}" novalidate @submit=${(event) => { event.preventDefault(); onSubmit?.(event.target); }}>
        <div class="row"><h2 class="title grow" id=${id}>${title}</h2>
          <button type="button" class="icon-button" aria-label=${closeLabel} @click=${() => node.close()}>${icon("close")}</button></div>
        ${body}
        <div class="dialog-problem"></div>
        ${footer ? html`<footer>${footer}</footer>` : ""}
      </form>
    </dialog>`;
  return { node, close: () => node.close(), closed: show(node, focus) };
}

/** Shows any `<dialog>` as a modal, closes it on a press outside, removes it when it has closed. @param {HTMLDialogElement} node @param {string} [focus] */
export function show(node, focus) {
  document.body.append(node);
  node.addEventListener("click", (event) => { if (event.target === node) node.close(); });
  node.showModal();
  if (focus) /** @type {HTMLElement} */ (node.querySelector(focus))?.focus();
  return new Promise((resolve) => {
    node.addEventListener("close", () => { node.remove(); resolve(); }, { once: true });
  });
}

/** Where an open dialog says what went wrong: what lies under it can't be seen or heard. @returns {Element|null} */
export function openProblem() {
  return document.querySelector("dialog[open] .dialog-problem");
}
