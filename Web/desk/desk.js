/** Where the desk begins: who is this, in which language, then everything else. */
import { Api, Problem } from "../shared/api.js";
import { html } from "../shared/html.js";
import { keeper } from "../shared/outbox.js";
import { loadWords } from "../shared/words.js";
import { App } from "./elements/app.js";
import { Preferences } from "./models/preferences.js";

const { dataset: { release }, lang } = document.documentElement;
const root = document.getElementById("desk");
const api = new Api();

begin();

async function begin() {
  const inPageLanguage = loadWords({ release, language: lang, areas: ["desk"] });
  try {
    const facts = await api.get("me");
    const language = facts.agent.language || lang;
    document.documentElement.lang = language;
    const words = language === lang ? await inPageLanguage : await loadWords({ release, language, areas: ["desk"] });
    const preferences = new Preferences(keeper());
    preferences.arrive(facts.settings);
    new App({ facts, words, preferences, release, root, api }).start();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.code === "not_signed_in") return location.replace(`/desk/sign-in?next=${encodeURIComponent(location.pathname)}`);
    showFailure(await inPageLanguage);
  }
  return undefined;
}

/** The server didn't answer: says so, and tries again by itself. */
function showFailure(words) {
  root.replaceChildren(html`<main class="empty-state" role="alert"><b>${words("desk.failed")}</b><p>${words("desk.failed.more")}</p><button type="button" class="button is-primary" @click=${() => location.reload()}>${words("desk.retry")}</button></main>`);
  setTimeout(begin, 5000);
}
