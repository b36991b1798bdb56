// From a former address to the present one. The place on the page comes along, which a refresh alone would lose.
location.replace(document.querySelector("a").href + location.hash);
