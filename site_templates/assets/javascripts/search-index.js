/* The comparing of what is typed with the names and texts of the dossier. It knows nothing of the page.
 *
 * `search.js` loads it and hands it the parts of the index, whose shape is written down in `generator/search.py`.
 * Parts: 1 typed text, 2 the index, 3 finding.
 */
(function () {
  "use strict";

  // --- 1. Typed text: names and queries go through the same rules -----------------------------------------------

  const LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ک": "ك", "ء": "", "ـ": "",
  };
  const LETTER = new RegExp("[" + Object.keys(LETTERS).join("") + "]", "g");
  const STOP_WORDS = ("a an the of and or in on at by to for from with as is are was were be been it its this that " +
    "since after before until during than then there not but so who whom whose what which when where why how do does " +
    "did has have had about stand stands happened happen say says said tell mean means").split(" ");
  // "ash Shams", "an Nur": an article that takes on the sound of the word after it.
  const ARTICLES = new Set(["al", "el", "ال"]);
  const ASSIMILATED = /^[aeu](sh|ch|dh|th|d|n|r|s|t|z)$/;

  /** Lower case, without accents, vowel signs and apostrophes; forms of one letter become one. */
  function fold(text) {
    let folded = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(folded)) {
      folded = folded.normalize("NFKD").replace(/\p{M}/gu, "").replace(LETTER, (letter) => LETTERS[letter])
        .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
        .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);
    }
    return folded.replace(/[§¶]/g, " para ").replace(/['’]s(?![\p{L}\p{N}])/gu, "").replace(/['’‘ʼʾʿ`´]/g, "");
  }

  /** Plural endings go; the Arabic article goes. */
  function stem(word) {
    if (word.charCodeAt(0) > 0x600) return word.replace(/^[وفبك]?ال(?=..)|^لل(?=...)/, "");
    if (word.length > 4 && word.endsWith("ies")) return word.slice(0, -3) + "y";
    return word.length > 4 && /[^aius]s$/.test(word) ? word.slice(0, -1) : word;
  }

  const STOP = new Set(STOP_WORDS.map(stem));

  /** The words of a text, letters and digits apart, without articles that come and go in transliteration. */
  function words(text) {
    const all = (fold(text).match(/\p{N}+|\p{L}+/gu) || []).map(stem);
    const kept = all.filter((word, at) => {
      const next = all[at + 1];
      const sound = next && ASSIMILATED.exec(word);
      return !ARTICLES.has(word) && !(sound && next.startsWith(sound[1]) && next.length > 2);
    });
    return kept.length ? kept : all;
  }

  function telling(list) {
    const kept = list.filter((word) => !STOP.has(word));
    return kept.length ? kept : list;
  }

  /** How a word sounds, roughly: runs of vowels alike, doubled letters single. Empty for what is too short to tell. */
  function sound(word) {
    if (word.length < 4 || /[^a-z]/.test(word)) return "";
    const heard = word.replace(/[kg]h/g, (pair) => pair[0]).replace(/ph/g, "f").replace(/t?ch/g, "sh")
      .replace(/dj/g, "j").replace(/[dt]h/g, (pair) => pair[0]).replace(/[cq]/g, "k").replace(/x/g, "ks").replace(/[aeiouyw]+h?$/, "a")
      .replace(/[aeiouyw]+/g, "a").replace(/(.)\1+/g, "$1");
    return heard.length > 2 ? heard : "";
  }

  /** Edits from one word to another (a swap of neighbours is one), or `most` + 1 where there are more. */
  function edits(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  const letters = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");
  const digits = (text) => text.replace(/[^0-9]/g, "");

  // "OP 12", "op12", "operative paragraph 12", "para 5 (b) (i)", "Annex II": one form for labels and queries.
  const PLACE_WORDS = new Map(Object.entries({ paragraph: "para", par: "para", operative: "op", preambular: "pp",
    "operative paragraph": "op", "operative para": "op", "preambular paragraph": "pp", "preambular para": "pp",
    art: "article", pt: "point", sec: "section", ch: "chapter" }));
  const ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split(" ");

  /** Words with those for places in one form; a Roman number becomes `r4`. */
  function placeWords(list) {
    const found = [];
    for (let at = 0; at < list.length; at++) {
      const pair = PLACE_WORDS.get(list[at] + " " + list[at + 1]);
      const roman = ROMAN.indexOf(list[at]) + 1;
      found.push(pair || PLACE_WORDS.get(list[at]) || (roman ? "r" + roman : list[at]));
      if (pair) at++;
    }
    return found;
  }

  const MONTHS = "january february march april may june july august september october november december".split(" ");

  /** A day or month in what was typed: `{day: "2031-05-20" or "-05-20", rest, inWords}`; null where there is none. */
  function readDate(text) {
    const month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
    const forms = ["(?<y>\\d{4})-(?<m>\\d\\d)(?:-(?<d>\\d\\d))?",
      "(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?<m>" + month + ")(?:,?\\s+(?<y>\\d{4}))?",
      "(?<m>" + month + ")\\s+(?<d>\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(?<y>\\d{4}))?",
      "(?<m>" + month + ")\\s+(?<y>\\d{4})", "(?<d>\\d{1,2})[./](?<m>\\d{1,2})[./](?<y>\\d{4})"];
    for (const form of forms) {
      const found = new RegExp("(?<![\\w/])" + form + "(?!\\w)", "i").exec(text);
      if (!found) continue;
      const { y = "", m, d } = found.groups;
      const number = /^\d/.test(m) ? m : MONTHS.findIndex((name) => name.startsWith(m.slice(0, 3).toLowerCase())) + 1;
      const day = y + "-" + String(number).padStart(2, "0") + (d ? "-" + d.padStart(2, "0") : "");
      const rest = text.slice(0, found.index) + " " + text.slice(found.index + found[0].length);
      return { day, rest, inWords: [rest, Number(d) || "", MONTHS[number - 1], y].join(" ") };
    }
    return null;
  }

  // --- 2. The index --------------------------------------------------------------------------------------------

  // How much a word counts by where it stands, and how results of a kind stand to others.
  const NAME = 1, ALIAS = 0.95, LABEL = 0.8, ABOUT = 0.6, ID = 0.5, KIND = 0.3, TEXT = 0.5, LOOSE = 0.45;
  const BY_PARTY = 0.85, BY_OWNER = 0.65, BY_STATEMENT = 0.3;
  const PRIOR = { source: 0.5, event: 0.9, meeting: 0.95, term: 0.92, page: 0.9 };

  const kinds = [], items = [], docs = [];
  const exact = new Map();      // a name without blanks -> [[doc, worth, name], ...]
  const vocabulary = new Map(); // word -> {word, named, posts: [doc number, worth, ...]}
  const sounds = new Map();     // sound -> words that are in names
  const numberedLabels = new Set(); // the words that labels of provisions put before a number
  let sorted = [], namedWords = [], labels = [];

  function post(doc, word, worth, named) {
    let entry = vocabulary.get(word);
    if (!entry) vocabulary.set(word, entry = { word, named: false, posts: [] });
    entry.posts.push(doc.number, worth);
    if (!named || entry.named) return;
    entry.named = true;
    const heard = sound(word);
    if (heard) sounds.set(heard, [...(sounds.get(heard) || []), word]);
  }

  function postText(doc, text, worth) {
    for (const word of new Set(words(text))) if (!STOP.has(word)) post(doc, word, worth, false);
  }

  function addDoc(doc) {
    doc.number = docs.length;
    docs.push(doc);
    return doc;
  }

  function addName(doc, text, worth, field, lang) {
    const all = words(text), list = telling(all);
    const name = { text, lang, words: new Set(list) };
    doc.names.push(name);
    // "As of" a day is no name for the day itself: by that is looked for what happened on it.
    const date = readDate(text), ofADay = list.length < all.length && date && words(date.rest).every((word) => STOP.has(word));
    const counted = list.map((word, at) => (at && ROMAN.indexOf(word) + 1) || word);
    for (const word of counted) if (typeof word === "number" && !STOP.has(String(word))) post(doc, String(word), field, true);
    const keys = [[all.join(""), 0], [list.join(""), 0.01], [counted.join(""), 0.02]];
    for (const [key, less] of ofADay ? keys.slice(0, 1) : keys) {
      if (!exact.has(key)) exact.set(key, []);
      exact.get(key).push([doc, worth - less, name]);
    }
    for (const word of name.words) post(doc, word, field, true);
    if (list.length > 1 && list.length < 4) post(doc, list.join(""), field, true);
  }

  function addBracketed(item, name, worth, lang) {
    if (item.kind === "source") return;
    for (const [, inside] of name.matchAll(/\(([^()]*\p{L}[^()]*)\)\s*(?:$|:)/gu)) {
      const date = readDate(inside); // a day in brackets is no name
      if (!date || date.rest.trim()) addName(item, inside, worth, ALIAS, lang);
    }
  }

  function addItem([kind, tail, name, about = "", weight = 0, names = [], symbols = [], date = "", lang = ""]) {
    const [kindName, prefix, suffix] = kinds[kind];
    const source = kindName === "source";
    const item = addDoc({ kind: kindName, path: prefix + tail + suffix, anchor: "", name, about, lang, weight, date,
      symbols, names: [], sentences: [], statements: [] });
    items.push(item);
    addName(item, name, source ? 0.96 : 1, NAME);
    // What stands before a bracket is a name of its own; in a text's name also what stands before a colon.
    const shorter = [/^([^(]{4,}?)\s*\([^()]*\)\s*(?:$|:)/, ...(kindName === "instrument" ? [/^([^:]{4,}?)\s*:/] : [])];
    for (const [, short] of source ? [] : shorter.map((form) => form.exec(name) || [])) {
      if (short) addName(item, short, 0.97, NAME);
    }
    addBracketed(item, name, 0.94);
    for (const other of names) {
      if (typeof other === "string") addName(item, other, 0.95, ALIAS);
      else {
        addName(item, other[1], 0.95, NAME, other[0]);
        addBracketed(item, other[1], 0.95, other[0]);
      }
    }
    for (const symbol of symbols) addName(item, symbol, source ? 0.9 : 0.96, ALIAS);
    postText(item, tail, ID);
    postText(item, kindName, KIND);
    // A source goes by its publisher too, without the agency or author behind it.
    if (source && about) addName(item, about.split(/ via |,|\(| \/ /)[0].trim(), 0.55, ALIAS);
    postText(item, about, ABOUT);
  }

  function addPlace([owner, anchor, label, about]) {
    const item = items[owner];
    const list = placeWords(words(label));
    const place = addDoc({ kind: item.kind, path: item.path, anchor, owner: item, label: labels[1], detail: label,
      text: about, parties: [], called: label, place: list, at: placeAt(list, () => true), weight: item.weight });
    item.statements.push(place);
    if (place.at >= 0) numberedLabels.add(list[place.at]);
    postText(place, label, LABEL);
    postText(place, about, TEXT);
  }

  function addStatement(item, [text, anchor = "", label = 0, parties = [], detail = "", rank = 0]) {
    if (!anchor) {
      item.sentences.push(text);
      postText(item, text, LOOSE);
      return;
    }
    let doc = item.statements.find((other) => other.anchor === anchor);
    if (doc) doc.text = text;
    else {
      doc = addDoc({ kind: item.kind, path: item.path, anchor, owner: item, weight: item.weight });
      item.statements.push(doc);
    }
    parties = parties.map((party) => items[party] || party);
    Object.assign(doc, { label: labels[label], detail, text, rank, parties });
    postText(doc, [doc.label, detail, ...parties.filter((party) => typeof party === "string")].join(" "), LABEL);
    postText(doc, text, TEXT * (1 - Math.min(text.length, 600) / 4000));
  }

  function addPart(part, data) {
    if (part === "names") {
      kinds.push(...data.kinds);
      labels = data.labels;
      data.items.forEach(addItem);
      data.places.forEach(addPlace);
    } else {
      for (const [item, statements] of data) for (const statement of statements) addStatement(items[item], statement);
    }
    sorted = [...vocabulary.keys()].sort();
    namedWords = sorted.filter((word) => vocabulary.get(word).named && /^\p{L}{3,}$/u.test(word));
  }

  // --- 3. Finding ----------------------------------------------------------------------------------------------

  const mostEdits = (word) => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 6 ? 1 : 2);

  function* startingWith(beginning) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < beginning) low = middle + 1; else high = middle;
    }
    for (; low < sorted.length && sorted[low].startsWith(beginning); low++) yield sorted[low];
  }

  /** The words of the index that a typed word may mean, each with how well it fits. */
  function meanings(word, last) {
    const found = new Map();
    const fits = (other, how) => { if (how > (found.get(other) || 0)) found.set(other, how); };
    const entry = vocabulary.get(word);
    if (entry) fits(word, 1);
    if (last || word.length > 2) {
      for (const other of startingWith(word)) {
        if (word.length === 1 && !vocabulary.get(other).named) continue;
        fits(other, last ? 0.9 : 0.75 * Math.sqrt(word.length / other.length));
      }
    }
    const base = word.replace(/(ing|ions?|ed|e)$/, ""); // "starving" finds "starve", "released" "release"
    if (base.length > 3 && /^[a-z]+$/.test(base)) {
      for (const other of startingWith(base)) if (other.length < base.length + 4) fits(other, 0.7);
    }
    if (entry && entry.named) {
      for (const other of sounds.get(sound(word)) || []) fits(other, 0.45); // somebody may have meant another
      return found;
    }
    const worth = entry ? 0.4 : 1; // a word of the texts is rather meant than a name that is only like it
    for (const other of sounds.get(sound(word)) || []) fits(other, 0.85 * worth);
    const glued = /^([ae]l(?=[a-z]{4})|[وبلف](?=.{3}))/.exec(word);
    if (glued && vocabulary.has(word.slice(glued[0].length))) fits(word.slice(glued[0].length), 0.9);
    const alike = (most) => {
      for (const other of namedWords) {
        const limit = other.length > 4 || !found.size ? most : 1;
        const distance = edits(word, other, limit);
        if (distance <= limit) fits(other, (0.85 - 0.2 * distance) * worth);
      }
    };
    const most = mostEdits(word);
    if (most) alike(most);
    if (!found.size && word.length > 2 && !/\d/.test(word) && most < 2) alike(word.charCodeAt(0) < 0x600 ? most + 1 : most); // better a guess than nothing
    return found;
  }

  /** Where in a list the last word with a number stands ("op 12", "annex ii", "para 5 b i"); -1 where none does. */
  function placeAt(list, known) {
    for (let at = list.length - 2; at >= 0; at--) {
      const word = list[at];
      const numbered = /^\p{L}{2,}$/u.test(word) && /^(r?\d+|[a-z])$/.test(list[at + 1]);
      if (numbered && !STOP.has(word) && known(word)) return at;
    }
    return -1;
  }

  /** Splits "accord article 4" into the place and the rest; null where no place is named. */
  function readPlace(list) {
    const all = placeWords(list);
    const at = placeAt(all, (word) => numberedLabels.has(word) || GENERAL.has(word));
    if (at < 0) return null;
    let end = at + 2;
    while (/^(r\d+|[a-z])$/.test(all[end] || "")) end++;
    const rest = telling([...all.slice(0, at), ...all.slice(end)]);
    return { word: all[at], numbers: numbers(all.slice(at + 1, end)), rest };
  }

  const numbers = (list) => list.join(" ").replace(/r(?=\d)/g, "");
  const GENERAL = new Set(["para", "op"]); // "paragraph 4" is also what people call an article or a point

  function isPlace({ place, at }, wanted) {
    if (!place || at < 0) return 0;
    const own = numbers(place.slice(at + 1));
    const fit = own === wanted.numbers ? 1 : own.startsWith(wanted.numbers + " ") ? 0.9 : 0;
    return fit * (place[at] === wanted.word ? 1 : GENERAL.has(wanted.word) ? 0.8 : 0);
  }

  /** How well each document fits the words: `{score, cover, named}` by number, and the words that were meant. */
  function weigh(list) {
    const size = docs.length;
    const score = new Float32Array(size), cover = new Float32Array(size), named = new Float32Array(size);
    const meant = new Set(), each = [];
    let total = 0;
    list.forEach((word, at) => {
      const found = meanings(word, at === list.length - 1);
      const own = new Float32Array(size), byName = new Float32Array(size);
      let seen = 0;
      for (const [other, how] of found) {
        const { posts } = vocabulary.get(other);
        meant.add(other);
        if (how === 1) seen = posts.length / 2;
        for (let i = 0; i < posts.length; i += 2) {
          const fit = how * posts[i + 1];
          if (fit > own[posts[i]]) own[posts[i]] = fit;
          if (posts[i + 1] >= ALIAS && fit > byName[posts[i]]) byName[posts[i]] = fit;
        }
      }
      // Rare words tell more; one that is only like another tells less, and one that nobody knows little.
      const weight = found.size ? Math.min(4, Math.log(2 + size / (1 + seen))) * (seen ? 1 : 0.7) : 1;
      total += weight;
      each.push({ found, own, byName, weight });
    });
    for (const { own, byName, weight } of each) {
      for (const item of items) {
        for (const doc of item.statements) {
          for (const party of doc.parties) {
            if (party.number === undefined) continue; // a name without a brief
            own[doc.number] = Math.max(own[doc.number], BY_PARTY * byName[party.number]);
          }
          own[item.number] = Math.max(own[item.number], BY_STATEMENT * own[doc.number]);
        }
      }
      for (let number = 0; number < size; number++) {
        const { owner } = docs[number];
        const fit = owner ? Math.max(own[number], BY_OWNER * byName[owner.number]) : own[number];
        if (!fit) continue;
        score[number] += weight * fit / total;
        cover[number] += weight / total;
        if (owner ? own[number] : byName[number]) named[number] += weight / total;
      }
    }
    return { score, cover, named, meant, each };
  }

  /** How much of one of its names the words make up: `[share, name]`. */
  function closest(item, each) {
    let best = [0, null];
    for (const name of item.names) {
      let sum = 0;
      for (const { found } of each) {
        let fit = 0;
        for (const word of name.words) fit = Math.max(fit, found.get(word) || 0);
        sum += fit;
      }
      const share = sum / Math.max(name.words.size, each.length);
      if (share > best[0] + 0.001) best = [share, name];
    }
    return best;
  }

  // What a query is found by, from the surest. The words' own score stays below 1.4.
  const BY_NAME = 3, LETTER_BY_LETTER = 0.2, BY_SYMBOL = 2.5, BY_PLACE = 2, BY_NEAR_NAME = 1.75, BY_DAY = 1.2;

  /** All that fits a query, best first: `{hits: [{doc, score, name}], meant}`; `name` is the one that fits. */
  function find(query) {
    const date = readDate(query);
    const typed = split(words(query)), all = date ? words(date.inWords) : typed, list = telling(all);
    const hits = new Map();
    const hit = (doc, score, name) => {
      const known = hits.get(doc);
      if (!known || score > known.score) hits.set(doc, { doc, score, name: name || (known && known.name) });
    };
    if (!list.length) return { hits: [], meant: new Set() };
    const meant = addWords(list, hit);
    addNames(query, typed, list, hit);
    const place = readPlace(all);
    for (const item of cited(place ? place.rest : typed)) hit(item, place ? BY_PLACE : BY_SYMBOL);
    if (place) addPlaces(place, hit, meant);
    if (date) addDays(date, hit);
    const order = [...hits.values()];
    for (const one of order) one.score += Math.min(one.doc.weight, 32) / 800; // main and much linked first among equals
    order.sort((a, b) => b.score - a.score || a.doc.number - b.doc.number);
    return { hits: order, meant };
  }

  /** The typed words, one that nothing fits cut into the two words of the index that it is made of. */
  function split(list) {
    return list.flatMap((word, at) => {
      if (!/^\p{L}{6,}$/u.test(word) || meanings(word, at === list.length - 1).size) return [word];
      for (let cut = 3; cut <= word.length - 3; cut++) {
        const pair = [word.slice(0, cut), word.slice(cut)].map(stem);
        if (pair.every((part) => vocabulary.has(part) || STOP.has(part))) return pair;
      }
      return [word];
    });
  }

  /** Whatever holds most of the words. */
  function addWords(list, hit) {
    const { score, cover, named, meant, each } = weigh(list);
    const most = cover.reduce((a, b) => Math.max(a, b), 0);
    docs.forEach((doc, number) => {
      const least = most * (doc.owner || named[number] < 0.5 ? 0.75 : 0.5);
      // A statement needs a word of its own: its page's name alone makes the page a result.
      if (!score[number] || cover[number] < least || (doc.owner && !named[number])) return;
      const prior = PRIOR[doc.kind] || 1;
      const worth = score[number] * cover[number] * prior + (doc.rank || 0) * 0.05;
      const [share, name] = !doc.owner && named[number] > 0.99 ? closest(doc, each) : [0, null];
      hit(doc, worth + 0.35 * share * prior, name);
    });
    return meant;
  }

  /** What bears the very name; where nothing does, what bears one that is nearly the same. */
  function addNames(query, typed, list, hit) {
    const keys = [...new Set([typed.join(""), telling(typed).join("")])];
    const same = keys.flatMap((key) => exact.get(key) || []);
    const plain = letters(query); // "Tern talks" is a better name for itself than "Tern talk" is
    for (const [doc, worth, name] of same) {
      hit(doc, BY_NAME * worth + (letters(name.text) === plain ? LETTER_BY_LETTER : 0), name);
    }
    if (same.length || list.every((word) => word.length > 1 && vocabulary.has(word))) return;
    for (const [distance, entries] of near(keys[keys.length - 1])) {
      const score = BY_NEAR_NAME - 0.3 * distance;
      for (const [doc, worth, name] of entries) hit(doc, score * worth * (PRIOR[doc.kind] || 1), name);
    }
  }

  // "SCR 12", "Res. 12 (2031)": whatever people write before its number means the text with that symbol.
  const CITING = new Set("s a un unsc unscr unga sc scr ga res resolution council security assembly general no قرار مجلس امن رقم"
    .split(" "));

  function cited(list) {
    const numbered = list.filter((word) => !CITING.has(word) && !STOP.has(word));
    if (!numbered.length || !numbered.every((word) => /^\d+$/.test(word))) return [];
    const found = items.filter((item) => item.kind === "instrument" && item.symbols.some((symbol) => {
      const parts = words(symbol);
      return numbered.every((word) => parts.includes(word));
    }));
    return found.length < 3 ? found : []; // a year alone names no text
  }

  /** Names that are one or two edits away as a whole, the nearest first. */
  function near(key, most = key.length < 8 ? 1 : 2) {
    const found = [];
    if (key.length < 4) return found;
    for (const [other, entries] of exact) {
      if (other.length < 4 || digits(other) !== digits(key)) continue;
      const distance = edits(key, other, most);
      if (distance <= most) found.push([distance, entries]);
    }
    return found.sort((a, b) => a[0] - b[0]);
  }

  /** Names that look like a query for which nothing was found. */
  function nearNames(query) {
    const key = telling(words(query)).join("");
    const names = near(key, Math.max(2, Math.floor(key.length / 2.5))).map(([, entries]) => entries[0][0].name);
    return [...new Set(names)].slice(0, 5);
  }

  /** The provisions with a label, of the text that the other words name; of all texts where they name none. */
  function addPlaces(wanted, hit, meant) {
    const rest = wanted.rest.length ? weigh(wanted.rest) : null;
    if (rest) rest.meant.forEach((word) => meant.add(word));
    let best = 0;
    if (rest) for (const item of items) if (item.statements.some((doc) => doc.place)) best = Math.max(best, rest.named[item.number]);
    for (const doc of docs) {
      const fit = isPlace(doc, wanted);
      if (!fit) continue;
      const { number } = doc.owner;
      if (!rest) hit(doc, BY_PLACE + 0.2 * fit);
      else if (best > 0.2 && rest.named[number] > best - 0.01) hit(doc, BY_PLACE + 0.3 * fit + rest.score[number]);
    }
  }

  /** What happened on a day, or in a month. */
  function addDays({ day, rest }, hit) {
    const list = words(rest).filter((word) => !STOP.has(word));
    const weighed = list.length ? weigh(list) : null;
    const matches = (date) => (day[0] === "-" ? date.slice(4).startsWith(day) : date.startsWith(day));
    for (const item of items) {
      if (!item.date) continue;
      const [start, end] = item.date.split("/");
      // A round goes on during the day; what is known to the month may have been on it.
      const during = day[0] !== "-" && (end ? start <= day && day <= end : start.length === 7 && day.startsWith(start));
      if (!matches(start) && !during) continue;
      const fit = weighed ? weighed.score[item.number] * weighed.cover[item.number] : 0.5;
      // How everything stood on the day comes after what happened on it.
      const kind = { event: 0, page: -0.1 }[item.kind] ?? 0.1;
      const sure = BY_DAY - (matches(start) ? 0 : 0.4) + kind - (fit ? 0 : 0.6);
      hit(item, sure + fit);
    }
  }

  window.briefingIndex = { add: addPart, find, near: nearNames, words, telling, STOP, kinds, items, docs };
})();
