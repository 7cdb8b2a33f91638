/** The sign-in page. */
import { chooseLanguage, loadWords } from "../shared/words.js";
import { SignInCard } from "./elements/sign-in-card.js";

const { dataset: { release }, lang } = document.documentElement;
const key = "moro.desk.language";
const root = document.getElementById("gate");

begin(chooseLanguage([remembered(), lang, navigator.language]));

async function begin(language) {
  document.documentElement.lang = language;
  const words = await loadWords({ release, language, areas: ["desk"] });
  const card = new SignInCard({ words, root, workspace: root.dataset.workspace, changeLanguage });
  card.show();
}

/** The language is chosen before anybody is known, and remembered on this device. */
function changeLanguage(language) {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Nothing is kept here: chosen for this page only.
  }
  begin(language);
}

function remembered() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
