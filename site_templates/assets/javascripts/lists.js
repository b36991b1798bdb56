// Lists: narrowed by words and choices, sorted by column. Without it everything is there, in its order.
(function () {
  "use strict";

  var ITEM = ".filterable tbody > tr:not(.title), .filterable [data-item]";

  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }

  // Lower case, without accents and signs, so that spellings meet.
  function plain(text) {
    return text.normalize("NFKD").replace(/[\p{M}\p{Lm}]+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  // --- narrowing: the choices stand in the address, so that a narrowed list can be sent on ---------

  function setUpFilters(box) {
    var controls = all("[data-filter]", box);
    var found = box.querySelector(".found");
    var reset = box.querySelector("button");
    var items = all(ITEM).map(function (element) { return { element: element, text: null }; });
    var groups = all("[data-group], .filterable tbody.is-later").reverse();
    var folds = all("details[data-group]");
    var openBefore = null;

    function textOf(item) {
      if (item.text === null) {
        var around = item.element.closest("[data-group][data-also]");
        item.text = plain([item.element.textContent, item.element.dataset.also, around && around.dataset.also].join(" "));
      }
      return item.text;
    }

    function fits(item, control) {
      if (control.type === "search") {
        return plain(control.value).split(" ").every(function (word) { return textOf(item).includes(word); });
      }
      var data = item.element.dataset, name = control.dataset.filter;
      return (data[name] || data[name + "s"] || "").split(" ").includes(control.value);
    }

    function show(group, visible) {
      group.hidden = !visible;
      var heading = group.previousElementSibling;
      if (heading && /^H[2-5]$/.test(heading.tagName)) heading.hidden = !visible;
    }

    function apply() {
      var active = controls.filter(function (control) { return control.value.trim() !== ""; });
      var count = 0;
      items.forEach(function (item) {
        var fit = active.every(function (control) { return fits(item, control); });
        item.element.hidden = !fit;
        if (fit) count += 1;
      });
      groups.forEach(function (group) {
        show(group, !active.length || all(ITEM, group).some(function (item) { return !item.hidden; }));
      });
      all("[data-unfiltered]").forEach(function (element) { element.hidden = active.length > 0; });
      if (active.length && !openBefore) openBefore = folds.map(function (fold) { return fold.open; });
      if (openBefore) folds.forEach(function (fold, number) { fold.open = active.length > 0 || openBefore[number]; });
      if (!active.length) openBefore = null;
      reset.hidden = !active.length;
      found.textContent = active.length ? count + " of " + items.length + " " + box.dataset.noun : "";
    }

    function remember() {
      var address = new URL(location.href);
      controls.forEach(function (control) {
        var value = control.value.trim();
        if (value) address.searchParams.set(control.dataset.filter, value);
        else address.searchParams.delete(control.dataset.filter);
      });
      try { history.replaceState(null, "", address); } catch (refused) { /* a page opened as a file may not */ }
    }

    controls.forEach(function (control) {
      var asked = new URLSearchParams(location.search).get(control.dataset.filter);
      if (asked) control.value = asked;
      if (control.selectedIndex === -1) control.selectedIndex = 0;
      control.addEventListener("input", function () { apply(); remember(); });
    });
    reset.addEventListener("click", function () {
      controls.forEach(function (control) { control.value = ""; });
      apply();
      remember();
      found.textContent = "All " + items.length + " " + box.dataset.noun;
      controls[0].focus();
    });
    apply();
  }

  all("fieldset.filters").forEach(setUpFilters);

  // --- sorting: within each body of a table, and with the rows that stand under another ------------

  function keyOf(row, column, how) {
    var cell = row.cells[column];
    var time = cell.querySelector("time");
    var value = cell.dataset.value || (time ? time.dateTime : cell.textContent.trim());
    if (how === "number") return Number(cell.dataset.value || cell.textContent.replace(/\D/g, ""));
    return value === "–" ? "" : plain(value);
  }

  function compare(a, b) {
    if (typeof a === "number") return a - b;
    return a.localeCompare(b);
  }

  function sort(table, column, how, descending) {
    Array.from(table.tBodies).forEach(function (body) {
      var blocks = [];
      Array.from(body.rows).forEach(function (row) {
        if (row.classList.contains("title")) return;
        if (row.classList.contains("within") && blocks.length) blocks[blocks.length - 1].rows.push(row);
        else blocks.push({ rows: [row], key: how === "order" ? row.order : keyOf(row, column, how) });
      });
      blocks.sort(function (a, b) {
        // What is not known stands last, whichever way the rest runs.
        if (a.key === "" || b.key === "") return (a.key === "") - (b.key === "");
        return descending ? compare(b.key, a.key) : compare(a.key, b.key);
      });
      blocks.forEach(function (block) { body.append.apply(body, block.rows); });
    });
  }

  var ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

  all("table.filterable").forEach(function (table) {
    // Narrow screens lay tables out as lines; what they are is then said here.
    [table].concat(all("thead, tbody, tr, td, th", table)).forEach(function (element) {
      element.setAttribute("role", ROLES[element.tagName] || (element.scope === "col" ? "columnheader" : "rowheader"));
    });
    all("tbody tr", table).forEach(function (row, number) { row.order = number; });
    var heads = all("th[data-sort]", table);
    heads.forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener("click", function () {
        var how = head.dataset.sort;
        var before = head.getAttribute("aria-sort");
        var descending = before ? before === "ascending" : how === "number";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, head.cellIndex, how, descending);
      });
    });
  });

  // --- a link into a fold opens it; a month that stands on its year's page is sought there ----------

  function reach() {
    var id = location.hash.slice(1);
    if (!id) return;
    var target = document.getElementById(id);
    if (!target) {
      var year = /^m-([0-9a-z]+)/.exec(id);
      var link = year && document.querySelector('.years a[data-year="' + year[1] + '" i]:not([aria-current])');
      if (link) location.replace(link.href.split("#")[0] + "#" + id);
      return;
    }
    var next = target.nextElementSibling;
    var fold = target.closest("details") || (next && next.matches("details.fold") ? next : null);
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  }

  window.addEventListener("hashchange", reach);
  reach();
})();
