// What changed between any two editions: each row keeps only what it read at the first day and what at the second.
// Kept in the page's address: ?from=2&to=5
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

  function apply(chosen) {
    var from = Math.min(chosen[0], chosen[1]), to = Math.max(chosen[0], chosen[1]), shown = 0;
    rows.forEach(function (row) {
      var entries = Array.from(row.querySelectorAll("[data-edition]"));
      var before = at(entries, from), after = at(entries, to);
      row.hidden = reads(before) === reads(after);
      shown += row.hidden ? 0 : 1;
      entries.forEach(function (entry) { entry.hidden = entry !== before && entry !== after; });
    });
    sections();
    status.textContent = shown + " of " + rows.length + " differ.";
    keep("?from=" + chosen[0] + "&to=" + chosen[1]);
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

  function chosen() { return [Number(form.elements.from.value), Number(form.elements.to.value)]; }

  form.addEventListener("change", function () { apply(chosen()); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(all); });
  var query = new URLSearchParams(location.search);
  if (query.has("from") && query.has("to")) {
    ["from", "to"].forEach(function (name) {
      if (form.elements[name].querySelector('option[value="' + Number(query.get(name)) + '"]')) {
        form.elements[name].value = String(Number(query.get(name)));
      }
    });
    apply(chosen());
  }
})();
