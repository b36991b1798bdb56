// Another day: moves the page through every day on which something on it changed. What stands where on which day comes
// ready from the page's data file (`generator/moving.py` says how it is laid out), loaded with the first use; no rule of
// dates or stances is here. The day is kept in the page's address: ?day=2031-04-30
(function () {
  "use strict";

  var box = document.getElementById("days");
  if (!box) return;
  var data = null;
  var places = null;  // by name where a text goes, while another day is shown
  var kept = [];      // how to put back what the page says of the dossier's day

  function part(name) { return document.getElementById("days-" + name); }

  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  var range = part("range"), said = part("said");

  // --- the data ------------------------------------------------------------------------------

  function open(then) {
    if (data) { then(); return; }
    window.briefingDays = function (given) { data = given; };
    var script = document.createElement("script");
    script.src = document.documentElement.dataset.root + box.dataset.file;
    script.addEventListener("load", function () {
      range.max = range.value = own();
      part("box").hidden = false;
      part("open").parentNode.hidden = true;
      then();
    });
    script.addEventListener("error", function () { part("open").textContent = "The days could not be loaded. Try again"; });
    document.head.append(script);
  }

  function own() { return data.days.length - 1; }

  // --- the page on a day ---------------------------------------------------------------------

  // Keep what stands on the page, and make the places for another day.
  function leave() {
    kept = all("[data-moves]").map(function (element) {
      var before = element.innerHTML;
      element.innerHTML = data.parts[element.dataset.moves];
      return function () { element.innerHTML = before; };
    });
    places = {};
    all("[data-slot]").forEach(function (element) {
      var empty = element.innerHTML;
      places[element.dataset.slot] = { element: element, put: function (html) { element.innerHTML = html || empty; } };
    });
    all("td[data-demand]").forEach(function (cell) {
      var before = cell.innerHTML, stance = cell.dataset.stance, later = cell.dataset.later;
      var name = cell.querySelector(".of");
      name = name ? name.outerHTML : "";
      kept.push(function () {
        cell.innerHTML = before;
        mark(cell, "stance", stance);
        mark(cell, "later", later);
        cell.classList.remove("has-changed");
      });
      mark(cell, "later");
      places[cell.dataset.demand + " " + cell.dataset.actor] = { element: cell, put: function (html) {
        cell.innerHTML = html ? name + "<div>" + html + "</div>" : "";
        mark(cell, "stance", all(".stance:not(.unsure)", cell).map(function (held) { return held.textContent; }).join(" "));
      } };
    });
    // What no text of another day comes to is empty then.
    Object.keys(places).forEach(function (name) { places[name].put(""); });
  }

  function mark(element, name, value) {
    if (value) element.dataset[name] = value; else delete element.dataset[name];
  }

  function back() {
    kept.forEach(function (put) { put(); });
    places = null;
  }

  // The last entry of a place that counts from this day or an earlier one.
  function entryOn(entries, day) {
    var found = null;
    entries.forEach(function (entry) { if (entry[0] <= day) found = entry; });
    return found;
  }

  function fill(day) {
    var filled = {};
    data.slots.forEach(function (slot) {
      var entry = entryOn(slot[1], day), text = entry ? entry[1] : null, place = places[slot[0]];
      filled[slot[0]] = text !== null;
      if (!place) return;
      var changed = Boolean(entry && entry[2] && entry[0] === day);
      if (place.entry === entry && place.changed === changed) return;
      place.entry = entry;
      place.changed = changed;
      var html = text === null ? "" : [].concat(text).map(function (one) { return data.texts[one]; }).join(", ");
      place.put(html && changed ? html + ' <span class="mark new">changed</span>' : html);
      place.element.classList.toggle("has-changed", changed);
    });
    all("[data-show]").forEach(function (element) { element.hidden = !filled[element.dataset.show]; });
    all("[data-any]").forEach(function (element) { element.hidden = !element.querySelector("[data-show]:not([hidden])"); });
    all("[data-none]").forEach(function (element) {
      element.hidden = Boolean(element.closest("[data-moves]").querySelector("[data-show]:not([hidden])"));
    });
  }

  // What speaks of the dossier's day only is hidden, with the heading above it; its name is said.
  function fixed(hide) {
    var names = all("[data-fixed], .page > .sources, .cite-this").map(function (element) {
      element.hidden = hide;
      var above = element.previousElementSibling;
      if (above && above.tagName === "H2") {
        above.hidden = hide;
        all('.toc a[href="#' + above.id + '"]').forEach(function (link) { link.parentNode.hidden = hide; });
      }
      return element.dataset.fixed || (element.className === "sources" ? "the numbered sources" : "the citation");
    });
    part("left").textContent = names.join(", ").replace(/, ([^,]*)$/, " and $1");
  }

  function show(day, words) {
    var moved = day !== own(), told = data.days[day];
    if (moved && !places) leave();
    if (!moved && places) back();
    if (moved) fill(day);
    fixed(moved);
    all("[data-day]").forEach(function (element) { element.textContent = told[1]; });
    part("note").hidden = !moved;
    part("edition").innerHTML = told[3];
    part("told").hidden = !data.changes[day].length;
    part("told").querySelector("ul").innerHTML = data.changes[day].map(function (text) {
      return "<li>" + data.texts[text] + "</li>";
    }).join("");
    range.value = day;
    range.setAttribute("aria-valuetext", told[1] + (told[2] ? ", " + told[2] : ""));
    part("earlier").setAttribute("aria-disabled", String(day === 0));
    part("later").setAttribute("aria-disabled", String(!moved));
    say(words || told[2]);
    keep(moved ? told[0] : "");
    document.dispatchEvent(new CustomEvent("briefing-day"));
  }

  // Said once the reader rests on a day, not at every one passed.
  function say(words) {
    clearTimeout(say.timer);
    said.textContent = "";
    say.timer = setTimeout(function () { said.textContent = words; }, 250);
  }

  // --- the page's address --------------------------------------------------------------------

  function keep(day) {
    var query = new URLSearchParams(location.search);
    if (day) query.set("day", day); else query.delete("day");
    var text = query.toString().replace(/%2C/g, ",");
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    } catch (refused) { /* a page from a folder keeps its address */ }
    all("a[data-keeps-day]").forEach(function (link) { link.search = day ? "?day=" + day : ""; });
  }

  // A day in words, as the page writes it: 4 May 2031.
  function inWords(day) {
    var date = new Date(day + "T00:00:00Z");
    return isNaN(date) ? day : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  // The day asked for, or the last one before it on which something changed.
  function nearest(asked) {
    var found = -1;
    data.days.forEach(function (told, number) { if (told[0] <= asked) found = number; });
    return found;
  }

  part("open").addEventListener("click", function () {
    open(function () { show(own()); range.focus(); });
  });
  range.addEventListener("input", function () { show(Number(range.value)); });
  part("earlier").addEventListener("click", function () { if (range.value > 0) show(Number(range.value) - 1); });
  part("later").addEventListener("click", function () { if (range.value < own()) show(Number(range.value) + 1); });
  part("back").addEventListener("click", function () { show(own()); range.focus(); });

  var asked = new URLSearchParams(location.search).get("day");
  if (/^\d{4}-\d\d-\d\d$/.test(asked || "")) {
    open(function () {
      var day = nearest(asked);
      if (day < 0) show(0, "Nothing here is recorded up to " + inWords(asked) + ". This is the first day.");
      else if (data.days[day][0] !== asked && day !== own()) show(day, "Nothing here changed between this day and " + inWords(asked) + ".");
      else show(day);
    });
  }
})();
