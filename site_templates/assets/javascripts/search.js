/* The search: a dialog over any page. `site.js` loads it when it is first asked for, and then calls
 * `briefingSearch.open`.
 *
 * It loads `search-index.js`, which compares and finds, and then `search/names.js` and `search/text-N.js`, which call
 * `briefingSearch.add`. All are classic scripts, so that the search works from the file system as well.
 */
(function () {
  "use strict";

  const MOST = 30;
  const root = document.documentElement.dataset.root || "./";
  const KIND_WORDS = { actor: "Actors", demand: "Demands", instrument: "Texts", body: "Bodies", meeting: "Meetings",
    event: "Events", source: "Sources", term: "Terms", page: "Pages" };
  const KIND_WORD = { actor: "Actor", demand: "Demand", instrument: "Text", body: "Body", meeting: "Meeting",
    event: "Event", source: "Source", term: "Term", page: "Page" };
  let index = null; // search-index.js, once it is there
  let chosen = "", timer = 0, waiting = 0, failed = false;

  /** An element with attributes and children; text is always text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  const input = make("input", { type: "search", id: "search-input", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search", dir: "auto", "aria-controls": "search-results" });
  const close = make("button", { type: "button", id: "search-close" }, "Close");
  const filters = make("div", { id: "search-kinds", role: "group", "aria-label": "Narrow by kind" });
  const status = make("p", { id: "search-status", role: "status" });
  const tips = make("div", { id: "search-tips" });
  const results = make("ol", { id: "search-results" });
  const more = make("p", { id: "search-more" });
  const dialog = make("dialog", { id: "search", "aria-label": "Search" },
    make("div", { class: "search-bar", role: "search" },
      make("label", { for: "search-input" }, "Search"), input, close),
    filters, status, tips, results, more);

  function address(doc) {
    const path = root + doc.path + (doc.anchor ? "#" + doc.anchor : "");
    return location.protocol === "file:" ? path.replace(/\/(#|$)/, "/index.html$1") : path;
  }

  const isMeant = (word, meant) => index.words(word).some((part) => meant.has(part) && !index.STOP.has(part));

  /** Text with the words that were meant marked. */
  function marked(text, meant) {
    const parts = [];
    let end = 0;
    for (const word of text.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
      if (!isMeant(word[0], meant)) continue;
      parts.push(text.slice(end, word.index), make("mark", {}, word[0]));
      end = word.index + word[0].length;
    }
    return [...parts, text.slice(end)];
  }

  /** The sentence with the most of the words that were meant, shortened around the first of them. */
  function excerpt(texts, meant) {
    let best = "", most = 0;
    for (const text of texts) {
      for (const sentence of text.split(/(?<=[.!?]["”]?)\s+(?=\p{Lu})/u)) {
        const count = new Set(index.words(sentence).filter((word) => meant.has(word) && !index.STOP.has(word))).size;
        if (count > most) [best, most] = [sentence, count];
      }
    }
    if (best.length < 240) return best;
    const first = [...best.matchAll(/\S+/g)].find((word) => isMeant(word[0], meant));
    const start = first && first.index > 100 ? best.indexOf(" ", first.index - 80) + 1 : 0;
    const end = best.lastIndexOf(" ", start + 220);
    return (start ? "… " : "") + best.slice(start, end > start ? end : undefined) + (end > start ? " …" : "");
  }

  function showHit({ doc, name }, meant) {
    const owner = doc.owner || doc;
    const link = make("a", { href: address(doc), "data-kind": doc.kind }, owner.name);
    if (owner.lang) link.setAttribute("lang", owner.lang);
    const kind = make("span", { class: "search-kind" }, KIND_WORD[doc.kind] || doc.kind);
    const entry = make("li", {}, link, " ", kind);
    if (doc.owner) {
      const who = doc.parties.map((party) => party.name || party).slice(0, 3).join(", ");
      entry.append(make("p", { class: "search-what" }, [doc.label, who, doc.detail].filter(Boolean).join(" · ")));
    } else if (name && name.text !== doc.name && !doc.name.includes(name.text)) {
      const other = make("bdi", name.lang ? { lang: name.lang } : {}, name.text);
      entry.append(make("p", { class: "search-what" }, "also ", other));
    }
    const texts = doc.owner ? [doc.text] : [doc.about, ...doc.sentences];
    const text = (name && !doc.owner && doc.about) || excerpt(texts, meant) || texts[0];
    if (text) entry.append(make("p", { class: "search-text" }, ...marked(text, meant)));
    return entry;
  }

  function showKinds(hits) {
    const counts = new Map();
    for (const { doc } of hits) counts.set(doc.kind, (counts.get(doc.kind) || 0) + 1);
    if (!filters.firstChild) {
      for (const kind of ["", ...index.kinds.map(([kind]) => kind)]) {
        const button = make("button", { type: "button", "data-filter": kind });
        button.addEventListener("click", () => { chosen = chosen === kind ? "" : kind; show(); });
        filters.append(button);
      }
    }
    for (const button of filters.children) {
      const kind = button.dataset.filter;
      const count = kind ? counts.get(kind) || 0 : hits.length;
      button.textContent = (kind ? KIND_WORDS[kind] || kind : "All") + " " + count;
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.hidden = !count && kind !== chosen;
    }
    filters.hidden = !hits.length;
  }

  /** Buttons that search for something. */
  function offers(texts) {
    return texts.map((text) => {
      const button = make("button", { type: "button", class: "search-offer" }, make("bdi", {}, text));
      button.addEventListener("click", () => { input.value = text; show(); input.focus(); });
      return button;
    });
  }

  /** What one can type here, from what the index holds. */
  function examples() {
    const { items, docs } = index;
    const heavy = (list) => list.sort((a, b) => b.weight - a.weight)[0];
    const aliasOf = (item) => item.names.find((name) => !name.lang && name.text !== item.name);
    const scriptOf = (item) => item.names.find((name) => name.lang);
    const alias = heavy(items.filter((item) => item.kind === "actor" && aliasOf(item)));
    const script = heavy(items.filter(scriptOf));
    const place = heavy(docs.filter((doc) => doc.at >= 0));
    const positions = docs.filter((doc) => doc.rank === 1 && doc.parties[0] && doc.parties[0].name)
      .map((doc) => doc.parties[0].name + " " + doc.owner.name.toLowerCase()).sort((a, b) => a.length - b.length);
    return [alias && aliasOf(alias).text, script && scriptOf(script).text,
      place && place.owner.name.split(/[:(]/)[0].trim() + " " + place.called, positions[0]].filter(Boolean);
  }

  function show() {
    clearTimeout(timer);
    timer = 0;
    const query = input.value.trim();
    keepAddress(query);
    const ready = Boolean(index && index.items.length);
    const { hits, meant } = ready ? index.find(query) : { hits: [], meant: new Set() };
    if (chosen && !hits.some(({ doc }) => doc.kind === chosen)) chosen = "";
    if (ready) showKinds(hits);
    const shown = chosen ? hits.filter(({ doc }) => doc.kind === chosen) : hits;
    results.replaceChildren(...shown.slice(0, MOST).map((one) => showHit(one, meant)));
    results.hidden = !shown.length;
    const left = shown.length - MOST;
    more.textContent = left > 0 ? left + " more, narrow your search" : "";
    tips.replaceChildren();
    if (failed && !ready) status.textContent = "The search could not be loaded.";
    else if (!ready) status.textContent = "Loading …";
    else if (!query) {
      status.textContent = "";
      tips.append("Names in any spelling or script, symbols and paragraphs, days, words. Try ", ...offers(examples()));
    } else if (!hits.length) {
      status.textContent = waiting ? "Searching …" : "Nothing found for “" + query + "”.";
      const names = index.near(query);
      if (names.length) tips.append("Did you mean ", ...offers(names));
    } else status.textContent = shown.length === 1 ? "1 result" : shown.length + " results";
  }

  /** The address names the search, so that it can be shared and come back to. Refused on some file systems. */
  function keepAddress(query) {
    try {
      const url = new URL(location.href);
      if ((url.searchParams.get("q") || "") === query) return;
      if (query) url.searchParams.set("q", query); else url.searchParams.delete("q");
      history.replaceState(history.state, "", url);
    } catch (refused) { /* the search works all the same */ }
  }

  function load(path) {
    const script = make("script", { src: root + path });
    script.async = false; // in this order
    waiting++;
    script.addEventListener("load", () => { waiting--; if (dialog.open) show(); });
    script.addEventListener("error", () => { waiting--; failed = true; if (dialog.open) show(); });
    document.head.append(script);
  }

  function add(part, data) {
    index = window.briefingIndex;
    index.add(part, data);
    if (part === "names") for (let number = 1; number <= data.texts; number++) load("search/text-" + number + ".js");
  }

  function open(text) {
    if (!dialog.open) dialog.showModal();
    if (text !== undefined) input.value = text;
    input.focus();
    show();
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 60); });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  let leaving = false;
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    leaving = true; // the address keeps the query, so that Back leads to the results
    if (link.pathname === location.pathname) dialog.close();
  });
  dialog.addEventListener("close", () => { if (!leaving) keepAddress(""); leaving = false; });
  dialog.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    if (event.key === "Escape" && event.target === input) { // otherwise it would only empty the field
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
      if (timer) show();
      const first = results.querySelector("a");
      if (first) first.click();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") &&
        (event.target === input || links.includes(event.target) || filters.contains(event.target))) {
      const to = links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
      (to < 0 ? input : links[Math.min(to, links.length - 1)] || input).focus();
      event.preventDefault();
    }
  });
  window.briefingSearch = { open, add };
  document.head.append(make("link", { rel: "stylesheet", href: root + "stylesheets/search.css" }));
  document.body.append(dialog);
  load("javascripts/search-index.js");
  load("search/names.js");
})();
