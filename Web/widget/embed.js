/*
 * Moro on a company's page: the launcher in the corner, the panel behind a wall. One plain script, because the page may be
 * of any age: nothing here trusts the page's globals more than it must, and nothing may throw into the page.
 *
 *   <script async src="https://chat.example/embed.js" data-site="KEY"></script>
 *   moro("open") · close · toggle · hide · show · identify {…} · setAttributes {…} · setLanguage "sv" · reset · on "message" fn
 */
(function () {
  "use strict";

  var script = document.currentScript || document.querySelector('script[data-site][src*="embed.js"]');
  var earlier = window.moro;
  if (!script || (earlier && earlier.isMoro)) return;

  var origin = new URL(script.src, location.href).origin;
  var key = script.getAttribute("data-site") || "";
  var wished = script.getAttribute("data-language");
  var chat = origin + "/chat/" + encodeURIComponent(key);
  var nonce = random();
  var config = null;
  var listeners = {};
  var identity = null;
  var unread = 0;
  var isOpen = false;
  var isHidden = false;
  var isReady = false;
  var isAlive = false;
  var isExplained = false;
  var rounds = 0;
  var host, button, faces, title, line, badge, region, frame, port, page, last, waiting;

  // ── The command queue ──

  var commands = {
    open: function () { open(true); },
    close: function () { open(false); },
    toggle: function () { open(!isOpen); },
    hide: function () { isHidden = true; open(false); draw(); },
    show: function () { isHidden = false; draw(); },
    identify: function (facts) { become(facts || {}); },
    setAttributes: function (attributes) { become({ attributes: attributes || {} }); },
    setLanguage: function (language) { wished = language; draw(); tell("language", { language: chosenLanguage() }); },
    reset: forget,
    on: function (type, listener) {
      (own(listeners, type) || (listeners[type] = [])).push(listener);
      if (type === "ready" && isReady) guarded(listener)();
      if (type === "unread" && unread) guarded(listener)(unread);
    }
  };

  function moro() {
    var words = [].slice.call(arguments);
    var command = own(commands, words.shift());
    if (command) guarded(command).apply(null, words);
  }
  moro.isMoro = true;

  function own(object, name) {
    // Old pages add things to Object.prototype; only what is ours counts.
    return Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
  }

  function guarded(run) {
    return function () {
      try { return run.apply(this, arguments); } catch (error) { if (window.console) console.error("moro:", error); }
    };
  }

  function fire(type, fact) {
    (own(listeners, type) || []).slice().forEach(function (listener) { guarded(listener)(fact); });
  }

  // ── What this page remembers: whether there is a conversation, and whether the panel was open in this tab ──

  function remember(name, value, isForTab) {
    try {
      var storage = isForTab ? window.sessionStorage : window.localStorage;
      if (value === undefined) return storage.getItem("moro." + key + "." + name);
      if (value) storage.setItem("moro." + key + "." + name, value);
      else storage.removeItem("moro." + key + "." + name);
    } catch (_) { /* storage is blocked: this page forgets */ }
    return null;
  }

  function random() {
    var numbers = new Uint32Array(4);
    crypto.getRandomValues(numbers);
    return [].map.call(numbers, function (number) { return number.toString(36); }).join("");
  }

  // ── Configuration: one small request, shared by the browser's cache ──

  function configure() {
    fetch(origin + "/api/v1/sites/" + encodeURIComponent(key) + "/widget", { credentials: "omit" })
      .then(function (answer) { if (!answer.ok) throw new Error("HTTP " + answer.status); return answer.json(); })
      .then(guarded(configured))
      .catch(function (error) { explain(error); setTimeout(guarded(configure), config ? 60000 : 30000); });
  }

  /** The browser hides from a page what a foreign server answered, so the page's maker is told what is worth a look. */
  function explain(error) {
    if (config || isExplained || !window.console) return;
    isExplained = true;
    console.warn('moro: no answer for data-site="' + key + '" from ' + origin + ". Is the key right, and this page's address among the site's allowed ones?", error);
  }

  function configured(facts) {
    var isFirst = !config;
    config = facts;
    if (isFirst) begin();
    draw();
  }

  /** Who is here changes; a face of someone who has left would be a lie. */
  function refresh() {
    if (config && !isReady && document.visibilityState === "visible") configure();
  }

  function chosenLanguage() {
    var offered = config ? config.site.languages : ["fi", "sv", "en"];
    var wishes = [wished, document.documentElement.lang].concat([].slice.call(navigator.languages || [navigator.language]));
    for (var n = 0; n < wishes.length; n += 1) {
      var short = String(wishes[n] || "").slice(0, 2).toLowerCase();
      if (offered.indexOf(short) >= 0) return short;
    }
    return offered[0];
  }

  function words(name, values) {
    var language = chosenLanguage();
    var texts = config.words[language] || {};
    var text = own(texts, name) || "";
    return text.replace(/\{(\w+)\}/g, function (whole, hole) { return values && own(values, hole) !== undefined ? String(values[hole]) : whole; });
  }

  function plural(name, count, values) {
    values.count = count;
    return words(name + "." + new Intl.PluralRules(chosenLanguage()).select(count), values) || words(name + ".other", values);
  }

  // ── The launcher ──

  // In the cascade an important rule of ours, inside the shadow, beats an important rule of the page.
  var css = ":host{all:initial!important;display:block!important;position:fixed!important;z-index:2147483000!important;right:var(--x)!important;bottom:max(var(--y),env(safe-area-inset-bottom))!important}" +
    ":host([data-side=left]){right:auto!important;left:var(--x)!important}:host([hidden]){display:none!important}*{box-sizing:border-box}" +
    "button{all:unset;box-sizing:border-box;position:relative;display:inline-flex;align-items:center;gap:11px;min-height:56px;max-width:calc(100vw - 24px);padding:8px 20px 8px 10px;border-radius:999px;background:var(--company);color:var(--on);box-shadow:0 2px 6px rgb(20 30 25/.16),0 10px 28px rgb(20 30 25/.2);font:400 13px/1.2 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Cantarell,'Liberation Sans','Helvetica Neue',Arial,sans-serif;text-align:start;cursor:pointer;-webkit-tap-highlight-color:transparent}" +
    "button:hover{filter:brightness(1.08)}button:focus-visible{outline:3px solid #fff;outline-offset:2px;box-shadow:0 0 0 6px #1d4ed8}" +
    "[hidden]{display:none!important}b{display:block;font-weight:600;font-size:15px}small{font-size:13px}.text{min-width:0}.text>*{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:46vw}" +
    ".faces{display:inline-flex;padding-left:0}.face{width:36px;height:36px;border-radius:50%;background:#e9e4d8 center/cover;color:#33473f;display:grid;place-items:center;font-weight:600;outline:2px solid var(--company);overflow:hidden}.face+.face{margin-left:-10px}.face img{width:100%;height:100%;object-fit:cover;display:block}" +
    "svg{width:24px;height:24px;margin-left:8px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;flex:none}.round-icon{display:none}" +
    ".badge{position:absolute;top:-4px;right:-2px;min-width:22px;height:22px;padding:0 6px;border-radius:99px;background:#e8a13c;color:#3a2608;font-weight:700;line-height:22px;text-align:center}" +
    "iframe{all:unset;position:fixed;right:var(--x);bottom:var(--y);width:384px;height:724px;max-width:calc(100vw - 24px);max-height:calc(100vh - 40px);max-height:calc(100dvh - 40px);border:0;border-radius:22px;background:#fbf9f4;box-shadow:0 4px 12px rgb(20 30 25/.14),0 24px 60px rgb(20 30 25/.26);color-scheme:light dark}" +
    ":host([data-side=left]) iframe{right:auto;left:var(--x)}iframe.away,:host([data-side=left]) iframe.away{visibility:hidden;pointer-events:none;left:-9999px;right:auto}" +
    "@media(prefers-color-scheme:dark){.auto iframe{background:#1d2723}}.dark iframe{background:#1d2723}" +
    "@media(prefers-reduced-motion:no-preference){iframe.comes{animation:rise .22s cubic-bezier(.2,.7,.2,1)}@keyframes rise{from{opacity:0;transform:translateY(8px)}}}" +
    "@media(max-width:479px){button{padding:0;width:60px;height:60px;justify-content:center}.text,.faces,.mail{display:none!important}.round-icon{display:block;margin:0;width:28px;height:28px}iframe{inset:0!important;width:100%!important;height:100%!important;max-width:none;max-height:none;border-radius:0}iframe.away{left:-9999px!important;right:auto!important}}" +
    "@media(forced-colors:active){button,iframe{border:1px solid ButtonText}}@media print{button,iframe{display:none}}";

  function element(name, className, text) {
    var node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function drawing(className, path) {
    var space = "http://www.w3.org/2000/svg";
    var svg = document.createElementNS(space, "svg");
    var line = document.createElementNS(space, "path");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("class", className);
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.appendChild(line);
    return svg;
  }

  function begin() {
    host = document.createElement("moro-launcher");
    var shadow = host.attachShadow({ mode: "open" });
    dress(shadow);
    if (config.look.position === "left") host.setAttribute("data-side", "left");
    region = element("div", config.look.theme || "auto");
    region.setAttribute("role", "region");
    button = element("button");
    button.type = "button";
    faces = element("span", "faces");
    faces.setAttribute("aria-hidden", "true");
    title = element("b");
    line = element("small");
    badge = element("span", "badge");
    badge.setAttribute("aria-hidden", "true");
    var text = element("span", "text");
    [title, line].forEach(function (node) { text.appendChild(node); });
    [faces, drawing("mail", "M3 5.5h14v9.5H3zM3.3 6l6.7 5 6.7-5"), drawing("round-icon", "M3.5 5.5a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9l-3.5 3v-3a2 2 0 0 1-2-2z"), text, badge].forEach(function (node) { button.appendChild(node); });
    region.appendChild(button);
    shadow.appendChild(region);
    button.addEventListener("click", guarded(function () { open(!isOpen); }));
    ["pointerenter", "focus", "touchstart"].forEach(function (type) { button.addEventListener(type, guarded(load), { passive: true }); });
    stand();
    watch();
    if (remember("open", undefined, true)) open(true, true);
    else if (remember("talking") || identity) idle(load);
  }

  function dress(shadow) {
    try {
      var sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      shadow.adoptedStyleSheets = [sheet];
    } catch (_) {
      shadow.appendChild(element("style", "", css));
    }
  }

  /** Outside the body, so that a page that swaps its body, as Turbolinks does, keeps the conversation. */
  function stand() {
    if (!host.isConnected) document.documentElement.appendChild(host);
  }

  function idle(run) {
    if (window.requestIdleCallback) requestIdleCallback(guarded(run), { timeout: 2000 });
    else setTimeout(guarded(run), 200);
  }

  function draw() {
    if (!host) return;
    var look = config.look;
    var people = config.availability.agents;
    var offset = look.offset || { x: 22, y: 22 };
    host.style.setProperty("--company", look.color);
    host.style.setProperty("--on", look.onColor);
    host.style.setProperty("--x", offset.x + "px");
    host.style.setProperty("--y", offset.y + "px");
    region.setAttribute("aria-label", words("label"));
    drawFaces(unread && last ? [last] : people);
    var here = people.length ? plural("here", people.length, { names: names(people) }) : words("nobody");
    badge.textContent = unread > 99 ? "99+" : unread;
    badge.hidden = !unread;
    title.textContent = people.length ? (look.launcherText && look.launcherText[chosenLanguage()]) || words("ask") : words("leave");
    line.textContent = here;
    if (unread && last) {
      title.textContent = words("answered", { name: last.name });
      line.textContent = last.text;
    }
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", (isRound() ? words("open") : title.textContent) + ". " + (unread ? plural("unread", unread, {}) + ". " : "") + line.textContent);
    button.hidden = isOpen;
    host.hidden = isHidden && !isOpen;
  }

  function isRound() { return matchMedia("(max-width:479px)").matches; }

  function names(people) {
    var list = people.slice(0, 3).map(function (person) { return person.name; });
    return new Intl.ListFormat(chosenLanguage()).format(list);
  }

  function drawFaces(people) {
    region.querySelector(".mail").style.display = people.length ? "none" : "";
    faces.hidden = !people.length;
    var wanted = people.slice(0, 3).map(function (person) { return person.name + person.picture; }).join();
    if (faces.moroShown === wanted) return;
    faces.moroShown = wanted;
    faces.textContent = "";
    people.slice(0, 3).forEach(function (person) { faces.appendChild(face(person)); });
  }

  function face(person) {
    var node = element("span", "face", person.name.charAt(0));
    if (!person.picture) return node;
    var image = element("img");
    image.alt = "";
    // A page whose policy forbids the picture shows the initial.
    image.onload = function () { node.textContent = ""; node.appendChild(image); };
    image.src = new URL(person.picture, origin).href;
    return node;
  }

  // ── The panel ──

  function load() {
    if (frame) return;
    frame = element("iframe", "away");
    frame.name = "moro-panel";
    frame.title = words("label");
    frame.allow = "clipboard-write";
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", guarded(greet));
    frame.src = panelAddress(0);
    region.appendChild(frame);
  }

  function panelAddress(round) {
    return chat + "?embed=1&lang=" + chosenLanguage() + (round ? "&again=" + round : "") + "#" + nonce;
  }

  /** What loaded may be the browser's own error page: then nobody answers, and we ask again. */
  function expectAnswer() {
    clearTimeout(waiting);
    isAlive = false;
    waiting = setTimeout(guarded(function () { if (!isAlive) frame.src = panelAddress(rounds += 1); }), 8000 + 2000 * Math.min(rounds, 10));
  }

  /** A private line to the panel: only Moro's own origin gets the port, and only with this load's nonce. */
  function greet() {
    expectAnswer();
    var channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = guarded(function (message) { var hear = own(heard, message.data.type); if (hear) hear(message.data); });
    frame.contentWindow.postMessage({ moro: nonce, page: pageNow(), language: chosenLanguage(), languages: config.site.languages, token: remember("token"), identity: identity, isShown: isOpen, isPhone: isRound() }, origin, [channel.port2]);
  }

  function tell(type, facts) {
    if (!port) return;
    facts.type = type;
    port.postMessage(facts);
  }

  var heard = {
    alive: function () { isAlive = true; },
    ready: function () { isReady = true; fire("ready"); },
    close: function () { open(false); },
    keep: function (facts) { remember("token", facts.token); },
    message: function (facts) { fire("message", facts.message); },
    state: function (facts) {
      remember("talking", facts.hasConversation ? "1" : null);
      config.availability = facts.availability;
      last = facts.last;
      if (facts.unread !== unread) { unread = facts.unread; fire("unread", unread); }
      draw();
    }
  };

  function open(wants, isQuiet) {
    if (!config) { remember("open", wants ? "1" : null, true); return; }
    if (wants === isOpen) return;
    isOpen = wants;
    remember("open", wants ? "1" : null, true);
    if (wants) load();
    if (frame) {
      frame.className = wants ? (isQuiet ? "" : "comes") : "away";
      if (wants) frame.removeAttribute("aria-hidden");
      else frame.setAttribute("aria-hidden", "true");
    }
    draw();
    modal(wants && isRound());
    tell("shown", { isShown: wants, isPhone: isRound() });
    if (wants && !isQuiet) frame.focus();
    if (!wants && !isHidden) button.focus({ preventScroll: true });
    fire(wants ? "opened" : "closed");
  }

  /** On a phone the panel covers everything, so what it covers must not be reachable. */
  function modal(isModal) {
    if (document.body && (isModal || document.body.moroInert)) {
      document.body.inert = isModal;
      document.body.moroInert = isModal;
    }
  }

  function become(facts) {
    identity = Object.assign({}, identity, facts);
    if (port) tell("identify", { identity: facts });
    else if (config && facts.id) idle(load);
  }

  function forget() {
    identity = null;
    ["talking", "token"].forEach(function (name) { remember(name, null); });
    if (port) tell("reset", {});
    else if (config) { load(); frame.addEventListener("load", guarded(function () { tell("reset", {}); }), { once: true }); }
  }

  // ── The page lives on ──

  function pageNow() {
    var facts = { url: location.href, title: document.title };
    if (document.referrer) facts.referrer = document.referrer;
    return facts;
  }

  function watch() {
    page = location.href;
    setInterval(guarded(moved), 1000);
    setInterval(guarded(refresh), 60000);
    document.addEventListener("visibilitychange", guarded(refresh));
    matchMedia("(max-width:479px)").addEventListener("change", guarded(function () { draw(); tell("shown", { isShown: isOpen, isPhone: isRound() }); }));
    new MutationObserver(guarded(stand)).observe(document.documentElement, { childList: true });
  }

  function moved() {
    if (page === location.href) return;
    page = location.href;
    draw();
    // The title often changes a moment after the address.
    setTimeout(guarded(function () { tell("page", { page: pageNow() }); }), 300);
  }

  guarded(function () {
    window.moro = moro;
    configure();
    var queue = earlier && own(earlier, "q");
    if (Array.isArray(queue)) queue.forEach(function (words) { moro.apply(null, [].slice.call(words)); });
  })();
})();
