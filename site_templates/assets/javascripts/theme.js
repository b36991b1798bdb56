// Runs before the page is painted: says that scripts run, and puts on the colours the reader chose.
(function () {
  var html = document.documentElement;
  html.classList.add("js");
  try {
    var chosen = localStorage.getItem("briefing-theme");
    if (chosen === "light" || chosen === "dark") html.dataset.theme = chosen;
  } catch (refused) { /* storage may be off: the system's colours stay */ }
})();
