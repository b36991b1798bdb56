// The filters of the positions. What is shown is kept in the page's address, so that it can be shared:
// ?actors=one,two&category=military&stance=opposes&differ=1
(function () {
  "use strict";

  // The narrow arrangement changes how tables are displayed, which makes some browsers forget that they are tables.
  var ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  document.querySelectorAll(".matrix table, .lines").forEach(function (table) {
    [table].concat(Array.from(table.querySelectorAll("thead, tbody, tr, th, td"))).forEach(function (part) {
      part.setAttribute("role", ROLES[part.tagName] || (part.scope === "col" ? "columnheader" : "rowheader"));
    });
  });

  var box = document.getElementById("filters");
  if (!box) return;
  var form = box.querySelector("form");
  var status = document.getElementById("filter-status");
  var NAMES = ["actors", "category", "stance", "differ"];

  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  // Which stances differ: the rule stands in the page, `one other outcome` a pair.
  var outcomes = {};
  box.dataset.agreement.split(";").forEach(function (pair) {
    var words = pair.split(" ");
    outcomes[words[0] + " " + words[1]] = words[2];
  });

  function differ(stances) {
    return stances.some(function (one) {
      return stances.some(function (other) { return /^(partly|opposed)$/.test(outcomes[one + " " + other]); });
    });
  }

  var cells = all("td[data-demand]");
  var rows = all("tr[data-demand], tbody[data-demand]");
  var positions;  // demand: actor: stance of the day, or several; an empty text where only a later one is recorded
  function read() {
    positions = {};
    cells.forEach(function (cell) {
      if (!cell.childElementCount && cell.closest(".lines")) return;
      var held = positions[cell.dataset.demand] = positions[cell.dataset.demand] || {};
      if (cell.childElementCount) held[cell.dataset.actor] = cell.dataset.stance || "";
    });
  }
  read();
  var categories = {};  // demand: category
  rows.forEach(function (row) { categories[row.dataset.demand] = row.closest("tbody").dataset.category; });
  var actors = new Set(cells.map(function (cell) { return cell.dataset.actor; }));

  function ticked(name) {
    return all("input:checked", form).filter(function (input) { return input.name === name; })
      .map(function (input) { return input.value; });
  }

  function apply() {
    var chosen = {};
    NAMES.forEach(function (name) { chosen[name] = ticked(name); });
    var wanted = function (actor) { return !chosen.actors.length || chosen.actors.includes(actor); };
    var shown = Object.keys(positions).filter(function (demand) {
      var stances = Object.keys(positions[demand]).filter(wanted).map(function (actor) { return positions[demand][actor]; });
      return (!chosen.actors.length || stances.length)
        && (!chosen.category.length || chosen.category.includes(categories[demand]))
        && (!chosen.stance.length || stances.some(function (held) { return held.split(" ").some(function (stance) { return chosen.stance.includes(stance); }); }))
        && (!chosen.differ.length || differ(stances));
    });
    var visible = new Set(shown);

    all(".matrix [data-actor]").forEach(function (cell) { cell.hidden = !wanted(cell.dataset.actor); });
    all(".lines td[data-actor]").forEach(function (cell) { cell.parentNode.hidden = !wanted(cell.dataset.actor) || !cell.childElementCount; });
    rows.forEach(function (row) {
      var empty = row.tagName === "TBODY" && !all("td", row).some(function (cell) { return !cell.parentNode.hidden; });
      row.hidden = empty || !visible.has(row.dataset.demand);
    });
    // A category's line goes with its last row, a table with its last row or column, a heading with its last table.
    all(".matrix tbody").forEach(function (body) { body.hidden = !body.querySelector("tr[data-demand]:not([hidden])"); });
    all(".room").forEach(function (part) {
      part.hidden = !part.querySelector("tbody:not([hidden])")
        || (part.querySelector(".matrix") && !part.querySelector("th[data-actor]:not([hidden])"));
    });
    all(".page > h2").forEach(function (heading) {
      var tables = [];
      for (var next = heading.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
        if (next.classList.contains("room")) tables.push(next);
      }
      heading.hidden = tables.length > 0 && tables.every(function (part) { return part.hidden; });
    });

    var any = NAMES.some(function (name) { return chosen[name].length; });
    var total = Object.keys(positions).length;
    status.textContent = any ? "Shown: " + shown.length + " of " + total + " demands, "
      + (chosen.actors.length || actors.size) + " of " + actors.size + " actors." : "";
    keep(chosen);
  }

  function keep(chosen) {
    var query = new URLSearchParams(location.search);
    NAMES.forEach(function (name) {
      if (chosen[name].length) query.set(name, chosen[name].join(",")); else query.delete(name);
    });
    var text = query.toString().replace(/%2C/g, ",");
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    } catch (refused) { /* a page from a folder keeps its address */ }
  }

  var query = new URLSearchParams(location.search);
  NAMES.forEach(function (name) {
    var values = (query.get(name) || "").split(",");
    all("input", form).forEach(function (input) {
      if (input.name === name && values.includes(input.value)) {
        input.checked = box.open = true;
        if (input.closest(".more")) input.closest(".more").open = true;
      }
    });
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply); });
  document.addEventListener("briefing-day", function () { read(); apply(); });  // another day is shown: days.js
  if (box.open) apply();
})();
