// Compares two actors from the links that the page holds for everybody: their stance, date and grounds.
// ?a=ID&b=ID compares two; ?a=ID alone lists everybody by agreement with it.
(function () {
  "use strict";
  var form = document.getElementById("compare");
  if (!form) return;
  var first = form.elements.a, second = form.elements.b;
  var said = document.getElementById("pair-said");
  var place = document.getElementById("pair");
  var MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  function make(tag, options, children) {
    var element = document.createElement(tag);
    Object.assign(element, options || {});
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  function demandsOf(number) { return number + (number === 1 ? " demand" : " demands"); }

  // The rule stands in the page, `one other outcome` a pair.
  var outcomes = {};
  form.dataset.agreement.split(";").forEach(function (pair) {
    var words = pair.split(" ");
    outcomes[words[0] + " " + words[1]] = words[2];
  });

  // Everybody's positions: demands in the order of the page, each with its link and its links by actor.
  var demands = Array.from(document.querySelectorAll(".stands dt")).map(function (title) {
    var held = {};
    for (var next = title.nextElementSibling; next && next.tagName === "DD"; next = next.nextElementSibling) {
      next.querySelectorAll("a[data-actor]").forEach(function (link) { held[link.dataset.actor] = link; });
    }
    return { link: title.querySelector("a"), held: held };
  });
  Array.from(first.children).slice(1).forEach(function (group) { second.append(group.cloneNode(true)); });
  var names = {};
  Array.from(first.options).slice(1).forEach(function (option) { names[option.value] = option.textContent; });

  function outcome(demand, a, b) {
    var one = demand.held[a], other = demand.held[b];
    if (!one && !other) return "neither";
    if (!one || !other) return "single";
    return outcomes[one.dataset.stance + " " + other.dataset.stance] || "unsettled";  // whoever contradicts itself
  }

  // --- two actors ----------------------------------------------------------------------------

  function when(link) {
    var date = link.dataset.date;
    if (!date) return link.dataset.grounds === "none found" ? "" : "undated";
    if (link.dataset.words) return link.dataset.words;
    var parts = date.split("-");
    return (parts[2] ? +parts[2] + " " : "") + (parts[1] ? MONTHS[parts[1] - 1] + " " : "") + parts[0];
  }

  function cell(link) {
    if (!link) return make("td", {}, [make("span", { className: "undated", textContent: "none recorded" })]);
    var grounds = { "inferred": "inferred", "none found": "no statement found" }[link.dataset.grounds];
    return make("td", {}, [
      make("a", { className: "stance " + link.dataset.stance, textContent: link.dataset.stance, href: link.getAttribute("href") }),
      make("span", { className: "said", textContent: when(link) }),
      grounds && make("span", { className: "mark inferred", textContent: grounds })]);
  }

  function group(title, entries, a, b) {
    if (!entries.length) return null;
    var head = make("tr", {}, [make("th", { scope: "rowgroup", colSpan: 3, textContent: title })]);
    return make("tbody", {}, [head].concat(entries.map(function (entry) {
      var kind = { opposed: "opposed", partly: "in part" }[entry.outcome];
      return make("tr", {}, [
        make("th", { scope: "row" }, [entry.demand.link.cloneNode(true), kind && make("span", { className: "said", textContent: kind })]),
        cell(entry.demand.held[a]), cell(entry.demand.held[b])]);
    })));
  }

  function comparePair(a, b) {
    var found = { agree: [], opposed: [], partly: [], unsettled: [], single: [], neither: [] };
    var inferred = 0;
    demands.forEach(function (demand) {
      var kind = outcome(demand, a, b);
      found[kind].push({ demand: demand, outcome: kind });
      if (/^(agree|opposed|partly)$/.test(kind)
        && [demand.held[a], demand.held[b]].some(function (link) { return link.dataset.grounds === "inferred"; })) inferred += 1;
    });
    var differ = found.opposed.concat(found.partly);
    var kinds = [found.opposed.length && "opposed on " + found.opposed.length, found.partly.length && "in part on " + found.partly.length]
      .filter(Boolean).join(", ");
    said.textContent = names[a] + " and " + names[b] + " agree on " + demandsOf(found.agree.length) + " and differ on "
      + demandsOf(differ.length) + (differ.length ? " (" + kinds + ")" : "") + "."
      + (inferred ? " " + inferred + " of these " + (inferred === 1 ? "rests" : "rest") + " on an inferred position." : "");
    var heads = ["Demand", names[a], names[b]].map(function (words) { return make("th", { scope: "col", textContent: words }); });
    place.replaceChildren(make("table", { className: "pair-table" }, [
      make("caption", { textContent: names[a] + " and " + names[b] + ", demand by demand" }),
      make("thead", {}, [make("tr", {}, heads)]),
      group("They agree on " + demandsOf(found.agree.length), found.agree, a, b),
      group("They differ on " + demandsOf(differ.length) + (kinds ? ": " + kinds : ""), differ, a, b),
      group("Not settled on " + demandsOf(found.unsettled.length) + ": at least one has taken no clear position", found.unsettled, a, b),
      group("Only one has a recorded position: " + demandsOf(found.single.length), found.single, a, b)]));
  }

  // --- one actor against everybody -------------------------------------------------------------

  function compareAll(a) {
    var rows = Object.keys(names).filter(function (b) { return b !== a; }).map(function (b) {
      var count = { agree: 0, partly: 0, opposed: 0, unsettled: 0, single: 0, neither: 0 };
      demands.forEach(function (demand) { count[outcome(demand, a, b)] += 1; });
      return { id: b, count: count, both: count.agree + count.partly + count.opposed };
    }).filter(function (row) { return row.both; });
    rows.sort(function (x, y) {
      return y.count.agree - x.count.agree || x.count.opposed - y.count.opposed || x.count.partly - y.count.partly
        || (names[x.id] < names[y.id] ? -1 : 1);
    });
    said.textContent = rows.length ? "Everybody who has taken a clear position on a demand on which " + names[a]
      + " has one too, by how many they agree on." : "Nobody has taken a clear position on a demand on which " + names[a] + " has one too.";
    var heads = ["Actor", "Agree", "In part", "Opposed", "Both clear"];
    place.replaceChildren(rows.length ? make("table", { className: "pair-table" }, [
      make("caption", { textContent: "Agreement with " + names[a] + ", in demands" }),
      make("thead", {}, [make("tr", {}, heads.map(function (words, number) {
        return make("th", { scope: "col", textContent: words, className: number ? "number" : "" });
      }))]),
      make("tbody", {}, rows.map(function (row) {
        var link = make("a", { textContent: names[row.id], href: "?a=" + encodeURIComponent(a) + "&b=" + encodeURIComponent(row.id) });
        return make("tr", {}, [make("th", { scope: "row" }, [link])].concat(
          [row.count.agree, row.count.partly, row.count.opposed, row.both].map(function (number) {
            return make("td", { className: "number", textContent: String(number) });
          })));
      }))]) : "");
  }

  // --- choosing ----------------------------------------------------------------------------------

  function show() {
    var a = first.value, b = second.value;
    if (a && b && a !== b) comparePair(a, b);
    else if (a && !b) compareAll(a);
    else {
      place.replaceChildren();
      said.textContent = a && b ? "Choose two different actors." : b ? "Choose the first actor." : "";
    }
  }

  function keep() {
    var query = new URLSearchParams(location.search);
    [["a", first.value], ["b", second.value]].forEach(function (pair) {
      if (pair[1]) query.set(pair[0], pair[1]); else query.delete(pair[0]);
    });
    var text = query.toString();
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : ""));
    } catch (refused) { /* a page from a folder keeps its address */ }
  }

  function chosen() { keep(); show(); }

  first.addEventListener("change", chosen);
  second.addEventListener("change", chosen);
  document.getElementById("swap").addEventListener("click", function () {
    var a = first.value;
    first.value = second.value;
    second.value = a;
    chosen();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  var query = new URLSearchParams(location.search);
  if (names[query.get("a")]) first.value = query.get("a");
  if (names[query.get("b")]) second.value = query.get("b");
  show();
})();
