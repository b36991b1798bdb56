/* The search: a dialog over any page. `site.js` loads it when it is first asked for, and then calls
 * `briefingSearch.open`.
 *
 * It loads `search-index.js`, which compares and finds, and `search/start.js`, then the parts of the index that a query
 * needs. Each calls `briefingSearch.add`. All are classic scripts, so that the search works from the file system too.
 */
(function () {
  "use strict";

  const MOST = 30;
  // How many items are looked into for the first results, then, and once the reader comes to the end of the results.
  const FIRST = 5, THEN = 12, LATER = 40;
  const PAUSE = 180; // milliseconds without a key before items are loaded: words are, at once
  const root = document.documentElement.dataset.root || "./";
  const KIND_WORDS = { actor: "Actors", demand: "Demands", instrument: "Texts", body: "Bodies", meeting: "Meetings",
    event: "Events", source: "Sources", term: "Terms", page: "Pages" };
  const KIND_WORD = { actor: "Actor", demand: "Demand", instrument: "Text", body: "Body", meeting: "Meeting",
    event: "Event", source: "Source", term: "Term", page: "Page" };
  let index = null; // search-index.js, once it and the start of the index are there
  let chosen = "", timer = 0, pause = 0, typedAt = -Infinity, failed = false;
  let needed = ["javascripts/search-index.js", "search/start.js"];
  let depth = THEN, shownFor = null, following = false; // following: Enter was pressed before there were results
  const asked = new Set(); // the files asked for, and those of them that are on their way
  const coming = new Set();

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
  const rest = make("p", { id: "search-more" });
  const dialog = make("dialog", { id: "search", "aria-label": "Search" },
    make("div", { class: "search-bar", role: "search" },
      make("label", { for: "search-input" }, "Search"), input, close),
    filters, status, tips, results, rest);

  function address(doc) {
    const path = root + doc.path + (doc.anchor ? "#" + doc.anchor : "");
    return location.protocol === "file:" ? path.replace(/\/(#|$)/, "/index.html$1") : path;
  }

  const wordsOf = new Map(); // the words of texts seen before

  function words(text) {
    let known = wordsOf.get(text);
    if (!known) wordsOf.set(text, known = index.words(text).filter((word) => !index.STOP.has(word)));
    return known;
  }

  const isMeant = (word, meant) => words(word).some((part) => meant.has(part));

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
        const count = new Set(words(sentence).filter((word) => meant.has(word))).size;
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

  function showKinds(counts) {
    const all = [...counts.values()].reduce((sum, one) => ({ hits: sum.hits + one.hits, more: sum.more + one.more }),
      { hits: 0, more: 0 });
    if (!filters.firstChild) {
      for (const kind of ["", ...index.kinds.map(({ name }) => name)]) {
        const button = make("button", { type: "button", "data-filter": kind });
        button.addEventListener("click", () => choose(chosen === kind ? "" : kind));
        filters.append(button);
      }
    }
    for (const button of filters.children) {
      const kind = button.dataset.filter;
      const { hits, more } = kind ? counts.get(kind) || { hits: 0, more: 0 } : all;
      const count = hits + more;
      button.textContent = (kind ? KIND_WORDS[kind] || kind : "All") + " " + count + (more ? "+" : "");
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.hidden = !count && kind !== chosen;
    }
    filters.hidden = !all.hits;
  }

  function choose(kind) {
    chosen = kind;
    for (const button of filters.children) button.setAttribute("aria-pressed", String(button.dataset.filter === kind));
    // Of what is shown the other kinds go at once; more of this kind may still have to be loaded.
    for (const link of kind ? results.querySelectorAll(`a:not([data-kind="${kind}"])`) : []) link.closest("li").remove();
    ask();
  }

  /** Buttons that search for something. */
  function offers(texts) {
    return texts.map((text) => {
      const button = make("button", { type: "button", class: "search-offer" }, make("bdi", {}, text));
      button.addEventListener("click", () => { input.value = text; ask(); input.focus(); });
      return button;
    });
  }

  /** Show what is found in the parts that are there, and ask for those that are wanted: at once, or items only when no
   * key was pressed for a while. */
  function show(atOnce = true) {
    clearTimeout(timer);
    clearTimeout(pause);
    timer = 0;
    const query = input.value.trim();
    keepAddress(query);
    if (!index) {
      status.textContent = failed ? "The search could not be loaded." : "Loading …";
      results.hidden = true;
      return;
    }
    if (shownFor !== query + "\n" + chosen) depth = THEN;
    const found = index.find(query, chosen, FIRST, depth);
    if (chosen && found.ready && !found.hits.length) { // nothing of this kind: all kinds again
      chosen = "";
      show(atOnce);
      return;
    }
    results.setAttribute("aria-busy", String(!found.ready));
    dialog.dataset.wants = found.wants.length;
    if (!found.ready) status.textContent = "Searching …"; // what was shown before stays until then
    else showFound(query, found);
    const held = found.wants.filter((part) => part.startsWith("items") && (found.ready || !atOnce));
    loadParts(found.wants.filter((part) => !held.includes(part)));
    // What makes the results complete is loaded once the first of them are on the screen.
    if (held.length) pause = setTimeout(loadParts, atOnce ? 50 : Math.max(50, PAUSE - (performance.now() - typedAt)), held);
  }

  function showFound(query, { hits, meant, counts, near, more }) {
    shownFor = query + "\n" + chosen;
    showKinds(counts);
    // Whoever stands on a result when more of them come stays on it, or on the same page's.
    const standing = results.contains(document.activeElement) ? document.activeElement : null;
    const place = [...results.querySelectorAll("a")].indexOf(standing);
    results.replaceChildren(...hits.slice(0, MOST).map((one) => showHit(one, meant)));
    if (standing) {
      const links = [...results.querySelectorAll("a")];
      (links.find((link) => link.href === standing.href) ||
        links.find((link) => link.pathname === standing.pathname) || links[Math.min(place, links.length - 1)] ||
        input).focus();
    }
    results.hidden = !hits.length;
    const left = hits.length + more - MOST;
    rest.textContent = left > 0 ? left + " more, narrow your search" : "";
    tips.replaceChildren();
    if (!query) {
      status.textContent = "";
      tips.append("Names in any spelling or script, symbols and paragraphs, days, words. Try ", ...offers(index.examples));
    } else if (!hits.length) {
      status.textContent = "Nothing found for “" + query + "”.";
      if (near.length) tips.append("Did you mean ", ...offers(near));
    } else if (more) status.textContent = "More than " + (hits.length + more - 1) + " results";
    else status.textContent = hits.length === 1 ? "1 result" : hits.length + " results";
    if (following) follow();
  }

  /** Go to the first result; once there is one. */
  function follow() {
    following = results.getAttribute("aria-busy") === "true";
    const first = results.querySelector("a");
    if (first && !following) first.click();
  }

  /** Search for what is typed now: the kind may have changed, or the text by other means than the keyboard. */
  function ask() {
    following = false;
    typedAt = -Infinity;
    show();
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

  function load(path, missing) {
    if (asked.has(path)) return;
    asked.add(path);
    coming.add(path);
    const script = make("script", { src: root + path });
    script.async = false; // in this order
    const come = () => {
      coming.delete(path);
      if (dialog.open && !timer && !needed.some((one) => coming.has(one))) show(performance.now() - typedAt > PAUSE);
    };
    script.addEventListener("load", come);
    script.addEventListener("error", () => { missing(); come(); });
    document.head.append(script);
  }

  /** Load the parts that a query needs; what is found is shown again once all of them are there. */
  function loadParts(parts) {
    needed = parts.map((part) => "search/" + part + ".js");
    for (const part of parts) load("search/" + part + ".js", () => index.missing(part));
  }

  function add(part, data) {
    window.briefingIndex.add(part, data);
    if (part === "start") index = window.briefingIndex;
  }

  function open(text) {
    if (!dialog.open) dialog.showModal();
    if (text !== undefined) input.value = text;
    input.focus();
    ask();
  }

  input.addEventListener("input", () => {
    following = false;
    clearTimeout(timer);
    clearTimeout(pause);
    typedAt = performance.now();
    timer = setTimeout(show, 60, false);
  });
  // The reader comes to the end: more of the items are looked into.
  new IntersectionObserver((entries) => {
    if (depth === LATER || !rest.textContent || !entries.some((entry) => entry.isIntersecting)) return;
    depth = LATER;
    show();
  }).observe(rest);
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
      if (timer || results.getAttribute("aria-busy") === "true") show();
      follow();
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
  const fail = () => { failed = true; };
  load("javascripts/search-index.js", fail);
  load("search/start.js", fail);
})();
