/** The session has ended: the password is asked over the desk, and what was being written stays. */
import { Problem } from "../../shared/api.js";
import { html, replace } from "../../shared/html.js";
import { icon } from "./icon.js";

/** Asks until it is right. @param {import("./app.js").App} app @returns {Promise<void>} */
export function askSignIn(app) {
  return new Promise((resolve) => {
    const { words, desk, talk } = app;
    const draft = talk?.composer.text.value.trim();
    const password = html`<input class="input" type="password" id="again-password" name="password" autocomplete="current-password" required>`;
    const error = html`<p class="field-error" role="alert" hidden></p>`;
    const node = html`
      <dialog class="over" aria-labelledby="again-title">
        <form class="dialog" novalidate>
          <h2 class="title" id="again-title">${words("desk.again.title")}</h2>
          <p class="small soft">${words("desk.again.about")}</p>
          ${draft ? html`<div class="kept-text clip">${draft}</div>` : ""}
          <input type="email" name="email" autocomplete="username" value=${desk.me.email ?? ""} hidden>
          <div class="field"><label for="again-password">${words("desk.again.password", { email: desk.me.email ?? desk.me.name })}</label>${password}${error}</div>
          <footer><a class="button is-quiet" href="/desk/sign-in">${words("desk.again.other")}</a><button class="button is-primary">${words("desk.again.go")}</button></footer>
        </form>
      </dialog>`;
    node.addEventListener("cancel", (event) => event.preventDefault());
    node.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await signIn(app, password.value);
      if (!problem) { node.close(); node.remove(); return resolve(); }
      replace(error, icon("alert", "s"), app.explain(problem));
      error.hidden = false;
      password.setAttribute("aria-invalid", "true");
      password.select();
      return undefined;
    });
    document.body.append(node);
    node.showModal();
    password.focus();
  });
}

async function signIn({ api, desk }, password) {
  try {
    await api.post("agent-sessions", { email: desk.me.email, password });
    return undefined;
  } catch (problem) {
    if (problem instanceof Problem) return problem;
    throw problem;
  }
}
