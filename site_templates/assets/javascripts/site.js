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
    closeNote(false);
    opener = link;
    var close = make("button", { type: "button", className: "close", textContent: "×", ariaLabel: "Close" });
    close.addEventListener("click", function () { closeNote(true); });
    var note = make("div", { className: "note-text" });
    if (link.classList.contains("term")) {
      var name = target.previousElementSibling.querySelector("a").cloneNode(true);
      note.append(make("p", { className: "strong" }, [name]));
    }
    target.childNodes.forEach(function (node) { note.append(node.cloneNode(true)); });
    note.querySelectorAll("[id]").forEach(function (node) { node.removeAttribute("id"); });
    popover = make("div", { id: "popover", className: "popover", role: "dialog", tabIndex: -1 }, [close, note]);
    popover.setAttribute("aria-label", link.classList.contains("term") ? "What the term means" : "Source");
    link.setAttribute("aria-expanded", "true");
    document.body.append(popover);
    var at = link.getBoundingClientRect();
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
    } else if (popover && !popover.contains(event.target)) {
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

  // --- a link to one statement -----------------------------------------------------------------

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

  document.querySelectorAll(".page li[id]:not([id^='source-']), .page section.provision[id]").forEach(function (statement) {
    var button = make("button", { type: "button", className: "copy", textContent: "#" });
    button.title = "Copy link to this statement";
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", function () {
      var base = document.querySelector("link[rel=canonical]");
      copy((base ? base.href : location.href.split("#")[0].split("?")[0]) + "#" + statement.id, "Link copied");
    });
    statement.append(button);
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
