// Conveniences for readers whose browser runs scripts. Without it every page says and links the same.
(function () {
  "use strict";
  var html = document.documentElement;
  var root = html.dataset.root;

  function make(tag, options, children) {
    var element = document.createElement(tag);
    Object.assign(element, options || {});
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  // An address may hold a percent sign that stands for nothing.
  function decoded(text) { try { return decodeURIComponent(text); } catch (malformed) { return text; } }

  // --- colours: the system's, or the reader's choice -----------------------------------------

  var STATES = ["system", "dark", "light"];
  var themeButton = document.getElementById("theme-toggle");

  function chosenTheme() { return html.dataset.theme || "system"; }

  function showTheme() { themeButton.textContent = "Colours: " + chosenTheme(); }

  themeButton.addEventListener("click", function () {
    var next = STATES[(STATES.indexOf(chosenTheme()) + 1) % STATES.length];
    if (next === "system") delete html.dataset.theme; else html.dataset.theme = next;
    try { localStorage.setItem("briefing-theme", next); } catch (refused) { /* kept for this page only */ }
    showTheme();
  });
  showTheme();

  // --- search: its script and data come with the first use --------------------------------------

  var wanted = false;

  function openSearch(text) {
    if (window.briefingSearch) { window.briefingSearch.open(text); return; }
    if (wanted) return;
    wanted = true;
    // What is typed before the search is there is not lost.
    var early = "";
    function keep(event) {
      if (event.key && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        early += event.key;
      }
    }
    document.addEventListener("keydown", keep);
    ["javascripts/search-index.js", "search/start.js"].forEach(function (path) { // search.js asks for them next
      document.head.append(make("link", { rel: "preload", as: "script", href: root + path }));
    });
    var script = make("script", { src: root + "javascripts/search.js" });
    script.addEventListener("load", function () {
      document.removeEventListener("keydown", keep);
      window.briefingSearch.open(early ? (text || "") + early : text);
    });
    script.addEventListener("error", function () {
      document.removeEventListener("keydown", keep);
      wanted = false;
      say("The search could not be loaded.");
    });
    document.head.append(script);
  }

  document.getElementById("search-open").addEventListener("click", function () { openSearch(); });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, select, textarea");
    var asked = (event.key === "/" && !typing && !event.altKey && !event.ctrlKey && !event.metaKey)
      || ((event.key || "").toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (asked) { event.preventDefault(); openSearch(); }
  });
  var query = new URLSearchParams(location.search).get("q");
  if (query !== null) openSearch(query);
  var missing = document.querySelector(".search-for-address");
  if (missing) {
    missing.addEventListener("click", function () {
      openSearch(decoded(location.pathname.replace(root, "")).replace(/[^\p{L}\p{N}]+/gu, " ").trim());
    });
  }

  // --- the menu closes as menus do -----------------------------------------------------------

  var menu = document.getElementById("menu");
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  // --- notes in place: a citation's source, a term's meaning ----------------------------------

  var popover = null, opener = null;

  function closeNote(back) {
    if (!popover) return;
    popover.remove();
    popover = null;
    opener.removeAttribute("aria-expanded");
    if (back) opener.focus();
  }

  function openNote(link, target) {
    var note = make("div", { className: "note-text" });
    if (link.classList.contains("term")) {
      var name = target.previousElementSibling.querySelector("a").cloneNode(true);
      note.append(make("p", { className: "strong" }, [name]));
    }
    target.childNodes.forEach(function (node) { note.append(node.cloneNode(true)); });
    note.querySelectorAll("[id]").forEach(function (node) { node.removeAttribute("id"); });
    openPopover(link, link.classList.contains("term") ? "What the term means" : "Source", note);
  }

  function openPopover(by, label, content) {
    closeNote(false);
    opener = by;
    var close = make("button", { type: "button", className: "close", textContent: "×", ariaLabel: "Close" });
    close.addEventListener("click", function () { closeNote(true); });
    popover = make("div", { id: "popover", className: "popover", role: "dialog", tabIndex: -1 }, [close, content]);
    popover.setAttribute("aria-label", label);
    opener.setAttribute("aria-expanded", "true");
    document.body.append(popover);
    var at = opener.getBoundingClientRect();
    var left = Math.max(16, Math.min(at.left, html.clientWidth - popover.offsetWidth - 16));
    var below = at.bottom + popover.offsetHeight + 12 < window.innerHeight || at.top < popover.offsetHeight + 12;
    popover.style.left = left + window.scrollX + "px";
    popover.style.top = (below ? at.bottom + 6 : at.top - popover.offsetHeight - 6) + window.scrollY + "px";
    popover.focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.cite, a.term");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      var target = document.getElementById(decoded(link.hash.slice(1)));
      if (!target || (popover && popover.contains(link))) return;
      event.preventDefault();
      if (popover && opener === link) closeNote(true); else openNote(link, target);
    } else if (popover && !popover.contains(event.target) && !opener.contains(event.target)) {
      closeNote(false);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && popover && !document.querySelector("dialog[open]")) { event.stopPropagation(); closeNote(true); }
    if (event.key === "Tab" && popover && popover.contains(document.activeElement)) {
      // The note stands last in the document: leaving it goes back to where it was opened.
      var stops = popover.querySelectorAll("a[href], button");
      var leaving = event.shiftKey ? document.activeElement === popover || document.activeElement === stops[0]
        : document.activeElement === stops[stops.length - 1];
      if (leaving) { closeNote(true); if (event.shiftKey) event.preventDefault(); }
    }
  });

  // --- one statement: its link, and where the site has a repository, its mistakes and its line -----

  var toast = make("div", { className: "toast", role: "status" });
  document.body.append(toast);

  function say(words) {
    toast.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(function () { toast.textContent = ""; }, 2500);
  }

  function copy(text, done) {
    function byHand() {
      var field = make("textarea", { value: text, className: "unseen" });
      document.body.append(field);
      field.select();
      var worked = document.execCommand("copy");
      field.remove();
      say(worked ? done : text);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { say(done); }, byHand);
    } else { byHand(); }
  }

  var reportLink = document.querySelector(".correct .report");
  var editLink = document.querySelector(".correct [data-lines]");

  document.querySelectorAll(".page li[id]:not([id^='source-']), .page section.provision[id]").forEach(function (statement) {
    function copyLink() {
      var base = document.querySelector("link[rel=canonical]");
      copy((base ? base.href : location.href.split("#")[0].split("?")[0]) + "#" + statement.id, "Link copied");
    }
    var button = make("button", { type: "button", className: "copy", textContent: reportLink ? "•••" : "#" });
    button.title = reportLink ? "Link, report or edit this statement" : "Copy link to this statement";
    // In a list of buttons each name stands alone.
    button.setAttribute("aria-label", button.title + ": " + statement.textContent.replace(/\s+/g, " ").trim().slice(0, 60));
    if (reportLink) button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", function () {
      if (!reportLink) copyLink();
      else if (popover && opener === button) closeNote(true);
      else openPopover(button, "This statement", waysOf(statement, copyLink));
    });
    statement.append(button);
  });

  function waysOf(statement, copyLink) {
    var link = make("button", { type: "button", textContent: "Copy link to this statement" });
    link.addEventListener("click", function () { closeNote(true); copyLink(); });
    var ways = [link, make("a", { href: reportOf(statement), textContent: "Report a mistake in this statement" })];
    if (editLink && statement.dataset.line) {
      ways.push(make("a", { href: editLink.dataset.lines + statement.dataset.line, textContent: "Edit this line" }));
    }
    return make("ul", { className: "ways-on" }, ways.map(function (way) { return make("li", {}, [way]); }));
  }

  // What the statement says, without its buttons, citations and addresses.
  function wordsOf(statement) {
    var copied = statement.cloneNode(true);
    copied.querySelectorAll(".copy, sup, .mark").forEach(function (node) { node.remove(); });
    copied.querySelectorAll(".when:not(:empty), div > b:first-child").forEach(function (node) { node.append(":"); });
    copied.querySelectorAll("span, .when, div, p, li, dt, dd, td, th").forEach(function (node) { node.append(" "); });
    return copied.textContent.replace(/\s+/g, " ").replace(/ (?=[.,;:])/g, "").trim();
  }

  // Whose statement it is, or what of: the heading above it.
  function headingOf(statement) {
    var above = Array.from(document.querySelectorAll(".page h2, .page h3")).filter(function (heading) {
      return heading.compareDocumentPosition(statement) & Node.DOCUMENT_POSITION_FOLLOWING;
    }).pop();
    if (!above) return "";
    var copied = above.cloneNode(true);
    copied.querySelectorAll(".headerlink, .pencil").forEach(function (node) { node.remove(); });
    return copied.textContent.trim() + ", ";
  }

  function sourcesOf(statement) {
    var named = Array.from(statement.querySelectorAll("a.cite"), function (link) {
      var source = document.getElementById(link.hash.slice(1));
      return source ? wordsOf(source) + link.textContent.replace(/^\[\d+|\]$/g, "") : "";
    });
    return Array.from(new Set(named)).filter(Boolean).join("; ");
  }

  function shorter(text) { return Array.from(text.replace(/…$/, "")).slice(0, -20).join("").trim() + "…"; }

  // The page's own form, with the statement put in. Where the host has no form, its text has a paragraph each for page,
  // statement and source, and data-report says under which name it stands. Addresses stay below 2,000 characters.
  function reportOf(statement) {
    var url = new URL(reportLink.href), body = reportLink.dataset.report, query = url.searchParams;
    var parts = body ? query.get(body).split("\n\n") : [query.get("page"), "", ""];
    var words = headingOf(statement) + wordsOf(statement), source = sourcesOf(statement);
    do {
      var said = [parts[0] + "#" + statement.id, parts[1] + words, parts[2] + source];
      if (body) query.set(body, said.concat(parts.slice(3)).join("\n\n"));
      else ["page", "statement", "source"].forEach(function (name, index) { query.set(name, said[index]); });
      if (words.length > source.length) words = shorter(words); else source = shorter(source);
    } while (url.href.length > 2000 && words.length + source.length > 60);
    return url.href;
  }

  // Headings' pencils say where they lead; in the page itself that would weigh much.
  document.querySelectorAll("a.pencil").forEach(function (pencil) {
    var to = /([^/]+)#\D*(\d+)$/.exec(pencil.href);
    if (!to) return;
    pencil.title = pencil.getAttribute("aria-label") + " in " + decoded(to[1]) + ", line " + to[2];
    pencil.setAttribute("aria-label", pencil.title);
  });

  var citeButton = document.getElementById("copy-citation");
  if (citeButton) {
    citeButton.addEventListener("click", function () {
      var words = document.getElementById("citation").textContent.trim();
      copy(document.querySelector("link[rel=canonical]") ? words : words + " " + location.href.split(/[?#]/)[0], "Citation copied");
    });
  }

  // --- the contents stand open beside the text ------------------------------------------------

  var contents = document.querySelector(".toc details");
  if (contents && getComputedStyle(contents.firstElementChild).pointerEvents === "none") {
    contents.open = true;
    contents.firstElementChild.tabIndex = -1;
  }

  // --- on paper a source's address stands in full ---------------------------------------------

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("ol.sources > li > a").forEach(function (link) { link.dataset.address = link.href; });
  });
})();
