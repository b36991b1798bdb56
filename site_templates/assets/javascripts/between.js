// What changed between any two editions: each row keeps only what it read at the first day and what at the second.
// The two days are kept in the page's address: ?from=2031-04-30&to=2031-06-02
(function () {
  "use strict";

  var form = document.getElementById("between");
  if (!form) return;
  var status = document.getElementById("between-status");
  var rows = Array.from(document.querySelectorAll(".over-time > li"));

  function at(entries, day) {
    return entries.filter(function (entry) { return Number(entry.dataset.edition) <= day; }).pop();
  }

  // What the matter read then, without the day: nothing before its first entry, and nothing once it is no more, where
  // the day's link leads to no place on its page.
  function reads(entry) {
    var day = entry && entry.querySelector("a");
    return day && day.hash ? entry.textContent.slice(entry.textContent.indexOf(day.textContent) + day.textContent.length).trim() : "";
  }

  // Of an edition its place among all: each select has "any day" before them.
  function place(name) { return form.elements[name].selectedIndex - 1; }

  function words(place) { return form.elements.to.options[place + 1].textContent; }

  // The earlier and the later of the two chosen. Where only one is, the other is the last or the first of all.
  function apply() {
    if (place("from") < 0 && place("to") < 0) { all(); return; }
    if (place("from") < 0) form.elements.from.selectedIndex = 1;
    if (place("to") < 0) form.elements.to.selectedIndex = form.elements.to.length - 1;
    var from = Math.min(place("from"), place("to")), to = Math.max(place("from"), place("to")), shown = 0;
    rows.forEach(function (row) {
      var entries = Array.from(row.querySelectorAll("[data-edition]"));
      var before = at(entries, from), after = at(entries, to);
      row.hidden = reads(before) === reads(after);
      shown += row.hidden ? 0 : 1;
      entries.forEach(function (entry) { entry.hidden = entry !== before && entry !== after; });
    });
    sections();
    status.textContent = shown + " of " + rows.length + " lines differ between " + words(from) + " and " + words(to) + ".";
    keep("?from=" + form.elements.from.value + "&to=" + form.elements.to.value);
  }

  function all() {
    rows.forEach(function (row) {
      row.hidden = false;
      row.querySelectorAll("[data-edition]").forEach(function (entry) { entry.hidden = false; });
    });
    sections();
    status.textContent = "";
    keep("");
  }

  function sections() {
    document.querySelectorAll(".over-time").forEach(function (list) {
      list.hidden = list.previousElementSibling.hidden = !list.querySelector(":scope > li:not([hidden])");
    });
  }

  function keep(query) {
    try {
      history.replaceState(null, "", location.pathname + query + location.hash);
    } catch (refused) { /* a page from a folder keeps its address */ }
  }

  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(all); });
  var query = new URLSearchParams(location.search);
  ["from", "to"].forEach(function (name) {
    Array.from(form.elements[name].options).forEach(function (option) {
      if (option.value && option.value === query.get(name)) option.selected = true;
    });
  });
  if (query.has("from") || query.has("to")) apply();
})();
