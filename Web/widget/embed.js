//# allFunctionsCalledOnLoad
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

  // Every page waits for this script while it runs: what a page pays when nobody opens the chat is one request, a few
  // elements, and one look at the storage when there is time. All else comes with the panel.
  var origin = script.src.split("/", 3).join("/");
  var key = script.getAttribute("data-site") || "";
  var wished = script.getAttribute("data-language");
  var chat = origin + "/chat/" + encodeURIComponent(key);
  var config = null;
  var listeners = {};
  var identity = null;
  var unread = 0;
  var wantsOpen = null;
  var isOpen = false;
  var isHidden = false;
  var isReady = false;
  var isAlive = false;
  var isExplained = false;
  var rounds = 0;
  var host, shadow, sheet, worn, button, faces, title, line, badge, nonce, frame, port, page, last, waiting;

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
    // Older than `fetch`, and cheaper on the page's main thread.
    var request = new XMLHttpRequest();
    request.open("GET", origin + "/api/v1/sites/" + encodeURIComponent(key) + "/widget");
    request.responseType = "json";
    request.onloadend = guarded(function () {
      if (request.status === 200 && request.response) return configured(request.response);
      explain(request.status ? "HTTP " + request.status : "");
      if (!config) setTimeout(guarded(configure), 30000);
    });
    request.send();
  }

  /** The browser hides from a page what a foreign server answered, so the page's maker is told what is worth a look. */
  function explain(fault) {
    if (config || isExplained || !window.console) return;
    isExplained = true;
    console.warn('moro: no answer for data-site="' + key + '" from ' + origin + ". Is the key right, and this page's address among the site's allowed ones? " + fault);
  }

  function configured(facts) {
    var isFirst = !config;
    config = facts;
    if (isFirst) begin();
    dress();
    draw();
    if (isFirst) settle();
  }

  function chosenLanguage() {
    var offered = config ? config.site.languages : ["fi", "sv", "en"];
    return offeredIn(offered, [wished, document.documentElement.lang]) || offeredIn(offered, navigator.languages || [navigator.language]) || offered[0];
  }

  function offeredIn(offered, wishes) {
    for (var n = 0; n < wishes.length; n += 1) {
      var short = String(wishes[n] || "").slice(0, 2).toLowerCase();
      if (offered.indexOf(short) >= 0) return short;
    }
    return null;
  }

  function words(name, values) {
    var text = own(config.words[chosenLanguage()] || {}, name) || "";
    return values ? text.replace(/\{(\w+)\}/g, function (whole, hole) { return own(values, hole) !== undefined ? String(values[hole]) : whole; }) : text;
  }

  /** One and other is all that our languages know; the browser's own plurals and lists cost a page up to 20 ms. */
  function plural(name, count, values) {
    values.count = count;
    return words(name + (count === 1 ? ".one" : ".other"), values);
  }

  // ── The launcher ──

  // In the cascade an important rule of ours, inside the shadow, beats an important rule of the page.
  var launcherStyle = ":host{all:initial!important;display:block!important;position:fixed!important;z-index:2147483000!important;right:var(--x)!important;bottom:max(var(--y),env(safe-area-inset-bottom))!important}" +
    ":host([data-side=left]){right:auto!important;left:var(--x)!important}:host([hidden]),[hidden]{display:none!important}" +
    "button{appearance:none;box-sizing:border-box;position:relative;display:inline-grid;grid-template-columns:auto 1fr;align-items:center;column-gap:11px;min-height:56px;max-width:calc(100vw - 24px);margin:0;border:0;padding:8px 20px 8px 10px;border-radius:999px;background:var(--company);color:var(--on);box-shadow:0 2px 6px rgb(20 30 25/.16),0 10px 28px rgb(20 30 25/.2);font:400 13px/1.2 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Cantarell,'Liberation Sans','Helvetica Neue',Arial,sans-serif;text-align:start;cursor:pointer;-webkit-tap-highlight-color:transparent}" +
    "b,small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:46vw}b{align-self:end;font-weight:600;font-size:15px}small{align-self:start;font-size:13px}" +
    // A shape instead of a drawing: no page needs to learn what SVG is for two icons.
    "button::before{content:'';grid-row:1/3;width:24px;height:24px;margin-left:8px;background:currentColor;clip-path:path(evenodd,'M2.6 5.6h18.8v13H2.6zM4.5 7.5v9.2h15V7.5l-7.5 6.7zM5.9 7.2l6.1 5.4 6.1-5.4z')}" +
    "@media(max-width:479px){button{padding:0;width:60px;height:60px;grid-template-columns:auto;justify-content:center}b,small,.faces{display:none}button::before{display:block!important;margin:0;width:28px;height:28px;clip-path:path(evenodd,'M7 4h14a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4h-7.5l-6 5v-5a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM7.5 6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2v3l3.5-3h8a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2z')}}" +
    "@media(forced-colors:active){button{border:1px solid ButtonText}button::before{background:ButtonText}}@media print{button,iframe{display:none}}";
  var facesStyle = "[data-people]::before{display:none}.faces{grid-row:1/3;display:inline-flex}.face{width:36px;height:36px;border-radius:50%;background:#e9e4d8 center/cover;color:#33473f;display:grid;place-items:center;font-style:normal;font-weight:600;outline:2px solid var(--company);overflow:hidden}.face+.face{margin-left:-10px}.face img{width:100%;height:100%;object-fit:cover;display:block}";
  var badgeStyle = ".badge{position:absolute;top:-4px;right:-2px;box-sizing:border-box;min-width:22px;height:22px;padding:0 6px;border-radius:99px;background:#e8a13c;color:#3a2608;font-style:normal;font-weight:700;line-height:22px;text-align:center}";
  var panelStyle = "button:hover{filter:brightness(1.08)}button:focus-visible{outline:3px solid #fff;outline-offset:2px;box-shadow:0 0 0 6px #1d4ed8}" +
    "iframe{box-sizing:border-box;position:fixed;right:var(--x);bottom:var(--y);width:384px;height:724px;max-width:calc(100vw - 24px);max-height:calc(100vh - 40px);max-height:calc(100dvh - 40px);border:0;border-radius:22px;background:#fbf9f4;box-shadow:0 4px 12px rgb(20 30 25/.14),0 24px 60px rgb(20 30 25/.26);color-scheme:light dark}" +
    ":host([data-side=left]) iframe{right:auto;left:var(--x)}iframe.away,:host([data-side=left]) iframe.away{visibility:hidden;pointer-events:none;left:-9999px;right:auto}" +
    "@media(prefers-color-scheme:dark){:host([data-theme=auto]) iframe{background:#1d2723}}:host([data-theme=dark]) iframe{background:#1d2723}" +
    "@media(prefers-reduced-motion:no-preference){iframe.comes{animation:rise .22s cubic-bezier(.2,.7,.2,1)}@keyframes rise{from{opacity:0;transform:translateY(8px)}}}" +
    "@media(max-width:479px){iframe{inset:0!important;width:100%!important;height:100%!important;max-width:none;max-height:none;border-radius:0}iframe.away{left:-9999px!important;right:auto!important}}" +
    "@media(forced-colors:active){iframe{border:1px solid ButtonText}}";

  function element(name, className) {
    var node = document.createElement(name);
    if (className) node.setAttribute("class", className);
    return node;
  }

  function begin() {
    host = element("moro-launcher");
    shadow = host.attachShadow({ mode: "open" });
    host.setAttribute("role", "region");
    if (config.look.position === "left") host.setAttribute("data-side", "left");
    button = element("button");
    title = element("b");
    line = element("small");
    button.append(title, line);
    shadow.append(button);
    button.onclick = guarded(function () { open(!isOpen); });
    button.onpointerenter = button.onfocus = guarded(load);
  }

  /** The style there is need for by now, and the company's colours in it. */
  function dress() {
    var look = config.look;
    var offset = look.offset || { x: 22, y: 22 };
    var style = ":host{--company:" + look.color + ";--on:" + look.onColor + ";--x:" + offset.x + "px;--y:" + offset.y + "px}" +
      launcherStyle + (faces ? facesStyle : "") + (badge ? badgeStyle : "") + (frame ? panelStyle : "");
    if (style === worn) return;
    worn = style;
    sheet = sheet || wardrobe();
    if (sheet.replaceSync) sheet.replaceSync(style);
    else sheet.textContent = style;
  }

  function wardrobe() {
    try {
      var constructed = new CSSStyleSheet();
      shadow.adoptedStyleSheets = [constructed];
      return constructed;
    } catch (_) {
      return shadow.appendChild(element("style"));
    }
  }

  /** What can wait until the launcher stands and the page has time: the first look at a storage keeps a page waiting. */
  function settle() {
    stand();
    if (wantsOpen) open(true, true);
    idle(recall);
  }

  /** Outside the body, so that a page that swaps its body, as Turbolinks does, keeps the conversation. */
  function stand() {
    if (!host.isConnected) document.documentElement.append(host);
  }

  function recall() {
    var talking = remember("talking");
    if (wantsOpen === false) remember("open", null, true);
    else if (talking && remember("open", undefined, true)) open(true, true);
    if (talking === "1" || identity) load();
    new MutationObserver(guarded(changed)).observe(document.documentElement, { childList: true, attributes: true, attributeFilter: ["lang"] });
    setInterval(guarded(refresh), 60000);
  }

  /** The page has put other things, or another language, where it stood. */
  function changed() {
    stand();
    draw();
  }

  /** Who is here changes; a face of someone who has left would be a lie. */
  function refresh() {
    if (!isReady && document.visibilityState === "visible") configure();
  }

  function idle(run) {
    if (window.requestIdleCallback) requestIdleCallback(guarded(run), { timeout: 2000 });
    else setTimeout(guarded(run), 200);
  }

  function draw() {
    if (!host) return;
    var look = config.look;
    var language = chosenLanguage();
    var people = config.availability.agents;
    var isNews = unread && last;
    drawFaces(isNews ? [last] : people);
    drawBadge();
    host.setAttribute("aria-label", words("label"));
    title.textContent = isNews ? words("answered", { name: last.name })
      : people.length ? (look.launcherText && look.launcherText[language]) || words("ask") : words("leave");
    line.textContent = isNews ? last.text : people.length ? plural("here", people.length, { names: names(people) }) : words("nobody");
    button.setAttribute("aria-expanded", isOpen);
    button.setAttribute("aria-label", title.textContent + ". " + (unread ? plural("unread", unread, {}) + ". " : "") + line.textContent);
    if (frame) button.hidden = isOpen;
    if (isHidden || host.hidden) host.hidden = isHidden && !isOpen;
  }

  function names(people) {
    var list = people.slice(0, 3).map(function (person) { return person.name; });
    var end = list.pop();
    return list.length ? list.join(", ") + " " + words("and") + " " + end : end;
  }

  function drawBadge() {
    if (unread && !badge) {
      badge = button.appendChild(element("i", "badge"));
      badge.setAttribute("aria-hidden", "true");
      dress();
    }
    if (!badge) return;
    badge.textContent = unread > 99 ? "99+" : unread;
    badge.hidden = !unread;
  }

  function drawFaces(people) {
    if (!people.length && !faces) return;
    if (!faces) {
      faces = element("i", "faces");
      faces.setAttribute("aria-hidden", "true");
      button.prepend(faces);
      dress();
    }
    faces.hidden = !people.length;
    button.toggleAttribute("data-people", people.length > 0);
    var wanted = people.slice(0, 3).map(function (person) { return person.name + person.picture; }).join();
    if (faces.moroShown === wanted) return;
    faces.moroShown = wanted;
    faces.textContent = "";
    people.slice(0, 3).forEach(function (person) { faces.appendChild(face(person)); });
  }

  function face(person) {
    var node = element("i", "face");
    node.textContent = person.name.charAt(0);
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
    nonce = random();
    host.setAttribute("data-theme", config.look.theme || "auto");
    frame = element("iframe", "away");
    frame.name = "moro-panel";
    frame.title = words("label");
    frame.allow = "clipboard-write";
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", guarded(greet));
    frame.src = panelAddress(0);
    dress();
    shadow.append(frame);
    page = location.href;
    setInterval(guarded(moved), 1000);
    roundness().addEventListener("change", guarded(function () { tell("shown", { isShown: isOpen, isPhone: isRound() }); }));
  }

  function roundness() { return matchMedia("(max-width:479px)"); }

  function isRound() { return roundness().matches; }

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
      remember("talking", facts.hasConversation ? "1" : isOpen ? "0" : null);
      config.availability = facts.availability;
      last = facts.last;
      if (facts.unread !== unread) { unread = facts.unread; fire("unread", unread); }
      draw();
    }
  };

  function open(wants, isQuiet) {
    wantsOpen = wants;
    if (!config || wants === isOpen) return;
    isOpen = wants;
    remember("open", wants ? "1" : null, true);
    if (remember("talking") !== "1") remember("talking", wants ? "0" : null);
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
