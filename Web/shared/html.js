/**
 * Builds DOM nodes from templates. What is written in the template is trusted; what is put in it is always text.
 *
 *   html`<button class="button" ?disabled=${busy} @click=${send}>${label}</button>`  → the button (or a fragment, when several)
 *
 * Holes: text, numbers, nodes, fragments, arrays of these; null, undefined and booleans leave nothing.
 * Attributes: `name=${value}` (null or false leaves it out), `?name=${bool}`, `.property=${value}`, `@event=${listener}`.
 *
 *   replace(parent, ...children)                    instead of everything inside
 *   arrange(parent, items, key, create, update)     keeps one node per key, in order, and moves only what must move
 *
 * @module
 */

/** @typedef {Node | string | number | bigint | boolean | null | undefined} Single */
/** @typedef {Single | Single[] | Single[][]} Hole */

const MARK = "\u{e000}moro";
const HOLE = new RegExp(`${MARK}(\\d+);`, "g");
/** @type {WeakMap<TemplateStringsArray, HTMLTemplateElement>} */
const templates = new WeakMap();

/**
 * @param {TemplateStringsArray} strings
 * @param {...any} values
 * @returns {any} an Element when the template has one root, else a DocumentFragment
 */
export function html(strings, ...values) {
  const copy = document.importNode(templateOf(strings).content, true);
  fill(copy, values);
  return copy.childNodes.length === 1 ? /** @type {Node} */ (copy.firstChild) : copy;
}

/**
 * @param {Element | DocumentFragment} parent
 * @param {...Hole} children
 */
export function replace(parent, ...children) {
  parent.replaceChildren(...nodesOf(children));
}

/**
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => string} key
 * @param {(item: T) => Element} create
 * @param {(node: any, item: T) => void} [update]
 */
export function arrange(parent, items, key, create, update) {
  const known = new Map([...parent.children].map(node => [/** @type {any} */ (node).moroKey, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    let node = known.get(id);
    known.delete(id);
    if (!node) {
      node = create(item);
      /** @type {any} */ (node).moroKey = id;
    } else if (update) update(node, item);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of known.values()) node.remove();
}

/** @param {TemplateStringsArray} strings */
function templateOf(strings) {
  let template = templates.get(strings);
  if (!template) {
    template = document.createElement("template");
    // Only the program's own literal text comes here; the holes are filled later, as nodes and attributes.
    template.innerHTML = strings.reduce((all, part, n) => `${all}${MARK}${n - 1};${part}`).trim();
    templates.set(strings, template);
  }
  return template;
}

/**
 * @param {DocumentFragment} root
 * @param {any[]} values
 */
function fill(root, values) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (node instanceof Element) fillAttributes(node, values);
    else if (node.nodeValue?.includes(MARK)) fillText(/** @type {Text} */ (node), values);
  }
}

/**
 * @param {Text} node
 * @param {any[]} values
 */
function fillText(node, values) {
  const parts = /** @type {string} */ (node.nodeValue).split(HOLE);
  node.replaceWith(...parts.flatMap((part, n) => (n % 2 ? nodesOf(values[Number(part)]) : part ? [part] : [])));
}

/**
 * @param {Element} element
 * @param {any[]} values
 */
function fillAttributes(element, values) {
  for (const { name, value } of [...element.attributes]) {
    if (!value.includes(MARK)) continue;
    element.removeAttribute(name);
    const only = value.match(/^\u{e000}moro(\d+);$/u);
    setAttribute(element, name, only ? values[Number(only[1])] : value.replace(HOLE, (_, n) => String(values[n] ?? "")));
  }
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {any} value
 */
function setAttribute(element, name, value) {
  if (name[0] === "@") element.addEventListener(name.slice(1), value);
  else if (name[0] === ".") /** @type {any} */ (element)[name.slice(1)] = value;
  else if (name[0] === "?") element.toggleAttribute(name.slice(1), Boolean(value));
  else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, harmless(name, String(value)));
}

/**
 * A link in a hole may lead to a page, mail or phone, never run a script.
 * @param {string} name
 * @param {string} value
 */
function harmless(name, value) {
  if (!["href", "src", "action", "formaction", "xlink:href"].includes(name)) return value;
  // Browsers skip control characters and blanks inside a scheme, so look at it as they do.
  const scheme = value.replace(/[\u0000-\u0020]/g, "").match(/^([a-z][a-z0-9+.-]*):/i)?.[1].toLowerCase();
  if (!scheme || ["http", "https", "mailto", "tel", "blob"].includes(scheme)) return value;
  return scheme === "data" && name === "src" ? value : "about:blank";
}

/**
 * @param {any} value
 * @returns {(Node | string)[]}
 */
function nodesOf(value) {
  if (value === null || value === undefined || typeof value === "boolean") return [];
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  return [value instanceof Node ? value : String(value)];
}
