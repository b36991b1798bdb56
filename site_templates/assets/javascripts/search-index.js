/* The comparing of what is typed with the names and texts of the dossier. It knows nothing of the page.
 *
 * `search.js` hands it the parts of the index, whose shape is written down in `generator/search/files.py`. For a query,
 * `find` says which parts are still wanted; once they are there it is asked again. First it weighs all items by the
 * words alone, then it ranks the statements and names of the best of them.
 * Parts: 1 typed text, 2 the index, 3 what words may mean, 4 weighing items, 5 finding.
 */
(function () {
  "use strict";

  // --- 1. Typed text: names and queries go through the same rules, here and in `generator/search/words.py` -------

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

  /** Which letters a word has, as bits; some share one. */
  function lettersIn(word) {
    let found = 0;
    for (let at = 0; at < word.length; at++) found |= 1 << (word.charCodeAt(at) & 31);
    return found;
  }

  function bits(number) {
    let count = 0;
    for (let left = number; left; left &= left - 1) count++;
    return count;
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
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const HELD = [0, LOOSE, ABOUT, ALIAS, NAME, ALIAS, NAME, ALIAS, NAME]; // by how an item holds a word
  const NAMED = 9; // the codes from this one are those of words in names
  const VALUES = new Uint8Array(128);
  [...DIGITS].forEach((digit, value) => { VALUES[digit.charCodeAt(0)] = value; });
  const valueAt = (text, at) => VALUES[text.charCodeAt(at)];

  const kinds = [], examples = []; // kinds: {name, prefix, suffix, from, to, word}
  const rows = [];              // of items by number, where their part is there; null where it cannot be had
  const items = [];             // by number, once they were looked into
  const docs = [];              // the items that are there and their statements
  const exact = new Map();      // a name without blanks -> [[doc, worth, name], ...]
  const vocabulary = new Map(); // word -> [doc number, worth, ...]
  const numberedLabels = new Set(); // the words that labels of provisions put before a number
  let weights = "", kindNumbers = null, bounds = [], starts = [], labels = [];
  const terms = [];             // the parts of the terms that are there: {words, lists: Map of word -> its items}
  let spelling = null;          // {words, known, sounds}, once it is there

  /** Words in order, each written without the letters that it shares with the one before. */
  function unshared(pieces) {
    let before = "";
    return pieces.map((piece) => (before = before.slice(0, valueAt(piece, 0)) + piece.slice(1)));
  }

  /** The numbers of a text, each in digits of half the range. */
  function steps(text) {
    const found = [];
    let number = 0;
    for (let at = 0; at < text.length; at++) {
      const value = valueAt(text, at);
      number = number * 32 + (value & 31);
      if (value < 32) { found.push(number); number = 0; }
    }
    return found;
  }

  /** The items of a word: `{numbers, codes, masks, named, seen}`; seen: about how many items and statements say it. */
  function unpacked(text) {
    const list = { numbers: [], codes: [], masks: [], named: false, seen: 0 };
    let number = -1, at = 0;
    while (at < text.length) {
      let step = 0, value = 32;
      while (value > 31) {
        value = valueAt(text, at++);
        step = step * 32 + (value & 31);
      }
      number += step;
      const code = valueAt(text, at++);
      list.numbers.push(number);
      list.codes.push(code);
      const mask = code % 3 ? valueAt(text, at++) : 0;
      list.masks.push(mask);
      if (code > 2) list.seen++;
      if (code % 3 === 1) for (let bits = mask; bits; bits >>= 1) list.seen += bits & 1;
      if (code >= NAMED) list.named = true;
    }
    return list;
  }

  function post(doc, word, worth) {
    const posts = vocabulary.get(word);
    if (posts) posts.push(doc.number, worth); else vocabulary.set(word, [doc.number, worth]);
  }

  function postText(doc, text, worth) {
    for (const word of new Set(words(text))) if (!STOP.has(word)) post(doc, word, worth);
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
    const date = readDate(text);
    const ofADay = list.length < all.length && date && words(date.rest).every((word) => STOP.has(word));
    const counted = list.map((word, at) => (at && ROMAN.indexOf(word) + 1) || word);
    for (const word of counted) if (typeof word === "number") post(doc, String(word), field);
    const keys = [[all.join(""), 0], [list.join(""), 0.01], [counted.join(""), 0.02]];
    for (const [key, less] of ofADay ? keys.slice(0, 1) : keys) {
      if (!exact.has(key)) exact.set(key, []);
      exact.get(key).push([doc, worth - less, name]);
    }
    for (const word of name.words) post(doc, word, field);
    if (list.length > 1 && list.length < 4) post(doc, list.join(""), field);
  }

  // Names that are not plain: in another script, a short form, from a bracket, the publisher of a source.
  const SORTS = [null, [0.95, NAME], [0.97, NAME], [0.95, ALIAS], [0.55, ALIAS]];

  function addItem(number, [tail, name, about = "", names = [], symbols = [], date = "", lang = "", statements = [],
    parties = [], partyItems = []]) {
    const kind = kindOf(number);
    const source = kind.name === "source";
    const item = addDoc({ kind: kind.name, path: kind.prefix + tail + kind.suffix, anchor: "", name, about, lang,
      weight: weightOf(number), date, symbols, item: number, names: [], sentences: [], statements: [] });
    items[number] = item;
    addName(item, name, source ? 0.96 : 1, NAME);
    for (const other of names) {
      if (typeof other === "string") addName(item, other, 0.95, ALIAS);
      else addName(item, other[1], ...SORTS[other[0]], other[2]);
    }
    for (const symbol of symbols) addName(item, symbol, source ? 0.9 : 0.96, ALIAS);
    postText(item, tail, ID);
    post(item, kind.word, KIND);
    postText(item, about, ABOUT);
    const known = parties.map((party, at) => ({ name: party, item: partyItems[at] ?? -1 }));
    for (const statement of statements) addStatement(item, statement, known);
  }

  function addStatement(item, [text, anchor = "", label = 0, parties = [], detail = "", rank = 0, called = ""], known) {
    if (!anchor) {
      item.sentences.push(text);
      postText(item, text, LOOSE);
      return;
    }
    const doc = addDoc({ kind: item.kind, path: item.path, anchor, owner: item, item: item.item, weight: item.weight,
      label: labels[label], detail, text, rank, parties: parties.map((party) => known[party]) });
    item.statements.push(doc);
    if (called) {
      doc.place = placeWords(words(called));
      doc.at = placeAt(doc.place, () => true);
    }
    const outside = doc.parties.filter((party) => party.item < 0).map((party) => party.name);
    postText(doc, [doc.label, detail, called, ...outside].join(" "), LABEL);
    postText(doc, text, TEXT * (1 - Math.min(text.length, 600) / 4000));
  }

  /** An item that is there, with all that it says. */
  function itemOf(number) {
    if (!items[number]) addItem(number, rows[number]);
    return items[number];
  }

  const kindOf = (number) => kinds[kindNumbers[number]];
  const weightOf = (number) => valueAt(weights, number);

  /** The last of the numbers or words in order that is not after a value. */
  function lastUpTo(list, value) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] <= value) low = middle + 1; else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  const ADD = {
    start(data) {
      let from = 0;
      for (const [name, prefix, suffix, count] of data.kinds) {
        kinds.push({ name, prefix, suffix, from, to: from + count, word: stem(name) });
        from += count;
      }
      weights = data.weights;
      kindNumbers = new Uint8Array(weights.length);
      kinds.forEach((kind, at) => kindNumbers.fill(at, kind.from, kind.to));
      labels = data.labels;
      bounds = unshared(data.terms.split(" ").slice(0, -1));
      let first = 0;
      starts = steps(data.items).map((count) => (first += count) - count);
      examples.push(...data.examples);
      for (const shape of data.shapes) {
        const list = placeWords(words(shape)), at = placeAt(list, () => true);
        if (at >= 0) numberedLabels.add(list[at]);
      }
    },
    terms([number, text]) {
      const pieces = text.split(" ");
      const list = unshared(pieces.filter((_, at) => at % 2 === 0 && at < pieces.length - 1));
      terms[number] = { words: list, lists: new Map(list.map((word, at) => [word, pieces[2 * at + 1]])) };
    },
    items([first, ...part]) {
      part.forEach((row, at) => { rows[first + at] = row; });
    },
    spelling(text) {
      const all = unshared(text.split(" ").slice(0, -1));
      const sounds = new Map();
      for (const word of all) {
        const heard = sound(word);
        if (heard && !sounds.has(heard)) sounds.set(heard, [word]); else if (heard) sounds.get(heard).push(word);
      }
      spelling = { words: all, known: new Set(all), sounds, letters: all.map(lettersIn) };
    },
  };

  /** Do without a part that could not be loaded. */
  function missing(part) {
    const [name, number] = part.split("-");
    if (name === "terms") terms[number] = { words: [], lists: new Map() };
    else if (name === "spelling") ADD.spelling("");
    else if (name === "items") {
      const end = starts[Number(number) + 1] ?? weights.length;
      for (let at = starts[number]; at < end; at++) rows[at] = rows[at] || null;
    }
  }

  // --- 3. What words may mean ----------------------------------------------------------------------------------

  let wants = new Set(); // the parts that the query at hand still needs
  let missed = 0;        // how often one of them was missed
  const MOST_PARTS = 3;  // of those that hold words with one beginning

  function want(part) {
    wants.add(part);
    missed++;
  }

  function termsIn(number) {
    if (!terms[number]) want("terms-" + number);
    return terms[number];
  }

  /** The items of a word; undefined where it is not known, or not yet. */
  function listOf(word) {
    const part = bounds.length ? termsIn(lastUpTo(bounds, word)) : null;
    const list = part ? part.lists.get(word) : undefined;
    if (typeof list !== "string") return list;
    part.lists.set(word, unpacked(list));
    return part.lists.get(word);
  }

  function* startingWith(beginning, most) {
    const first = lastUpTo(bounds, beginning);
    for (let number = first; number < Math.min(bounds.length, first + most); number++) {
      if (number > first && !bounds[number].startsWith(beginning)) return;
      const part = termsIn(number);
      if (!part) continue;
      let at = lastUpTo(part.words, beginning);
      if (part.words[at] < beginning) at++;
      for (; at < part.words.length && part.words[at].startsWith(beginning); at++) yield part.words[at];
    }
  }

  const mostEdits = (word) => (word.length < 4 || /\d/.test(word) ? 0 : word.length < 6 ? 1 : 2);

  const meant = new Map(); // what was found for words whose parts are all there

  /** The words of the index that a typed word may mean, each with how well it fits. */
  function meanings(word, last) {
    const key = word + (last ? "…" : ""), before = missed;
    const found = meant.get(key) || meaningsOf(word, last);
    if (missed === before) meant.set(key, found);
    return found;
  }

  function meaningsOf(word, last) {
    const found = new Map(), before = missed;
    const fits = (other, how) => { if (how > (found.get(other) || 0)) found.set(other, how); };
    if (listOf(word)) fits(word, 1);
    for (const kind of kinds) {
      if (kind.word === word) fits(word, 1);
      else if (last && word.length > 2 && kind.word.startsWith(word)) fits(kind.word, 0.9);
    }
    if (word.length > 2) {
      for (const other of startingWith(word, last ? MOST_PARTS : 1)) {
        fits(other, last ? 0.9 : 0.75 * Math.sqrt(word.length / other.length));
      }
    } else if (last && listOf("^" + word)) fits("^" + word, 0.9);
    const base = word.replace(/(ing|ions?|ed|e)$/, ""); // "starving" finds "starve", "released" "release"
    if (base.length > 3 && base !== word && /^[a-z]+$/.test(base)) {
      for (const other of startingWith(base, 1)) if (other.length < base.length + 4) fits(other, 0.7);
    }
    const glued = /^([ae]l(?=[a-z]{4})|[وبلف](?=.{3}))/.exec(word);
    if (glued && listOf(word.slice(glued[0].length))) fits(word.slice(glued[0].length), 0.9);
    const known = found.has(word) && listOf(word);
    if (missed > before || (known && (known.named || known.numbers.length > RARE))) return found;
    return likeIt(word, found, known ? 0.4 : 1); // a word of the texts is rather meant than a name that is only like it
  }

  const RARE = 4; // a word that so few items have may be a name that is spelt otherwise elsewhere

  /** The words of names that sound or look like one that is in no name, besides those found already. */
  function likeIt(word, found, worth = 1) {
    if (word.length < 3 || /\d/.test(word)) return found;
    if (!spelling) {
      want("spelling");
      return found;
    }
    const fits = (other, how) => { if (how > (found.get(other) || 0)) found.set(other, how); };
    for (const other of spelling.sounds.get(sound(word)) || []) fits(other, 0.85 * worth);
    const letters = lettersIn(word);
    const alike = (most) => {
      spelling.words.forEach((other, at) => {
        if (bits(letters ^ spelling.letters[at]) > 2 * most) return; // each edit changes two letters at most
        const limit = other.length > 4 || !found.size ? most : 1;
        const distance = edits(word, other, limit);
        if (distance <= limit) fits(other, (0.85 - 0.2 * distance) * worth);
      });
    };
    const most = mostEdits(word);
    if (most) alike(most);
    if (!found.size && most < 2) alike(word.charCodeAt(0) < 0x600 ? most + 1 : most); // better a guess than nothing
    return found;
  }

  /** Where one word is misspelt, another that is known may be meant for one that sounds the same. */
  function alsoLike(word, meant, at) {
    const like = (spelling.sounds.get(sound(word)) || []).filter((other) => !meant[at].has(other));
    if (!like.length) return;
    meant[at] = new Map([...meant[at], ...like.map((other) => [other, 0.45])]);
    like.forEach(listOf);
  }

  /** The typed words, one that nothing fits cut into the two words of the index that it is made of. */
  function split(list) {
    return list.flatMap((word, at) => {
      if (!/^\p{L}{6,}$/u.test(word) || meanings(word, at === list.length - 1).size || !spelling) return [word];
      for (let cut = 3; cut <= word.length - 3; cut++) {
        const pair = [word.slice(0, cut), word.slice(cut)].map(stem);
        if (pair.every((part) => spelling.known.has(part) || STOP.has(part))) return pair;
      }
      return [word];
    });
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

  // --- 4. Weighing all items, by the words alone -----------------------------------------------------------------

  /** How well each item fits the words, by number: `{score, cover, named}` of the item itself, `covered` and `worth` of it
   * or the best of its statements; `each` is the words with what they mean. Null while parts are wanted. */
  function weigh(list) {
    const size = weights.length;
    const meant = list.map((word, at) => meanings(word, at === list.length - 1));
    if (wants.size) return null; // what a word means is not known yet
    if (spelling && list.some((word) => !listOf(word))) list.forEach((word, at) => alsoLike(word, meant, at));
    if (wants.size) return null;
    const each = meant.map(weighWord);
    const total = each.reduce((sum, { weight }) => sum + weight, 0);
    const score = new Float32Array(size), cover = new Float32Array(size), named = new Float32Array(size);
    const covered = new Float32Array(size), worth = new Float32Array(size);
    for (let number = 0; number < size; number++) {
      let said = 0, longest = 0, sum = 0, plain = true;
      for (const one of each) {
        const own = Math.max(one.own[number], BY_STATEMENT * one.said[number]);
        if (own) {
          score[number] += one.weight * own / total;
          cover[number] += one.weight / total;
        }
        if (one.byName[number]) {
          named[number] += one.weight / total;
          longest = Math.max(longest, one.length[number]);
          sum += one.byName[number];
        }
        if (!(one.byName[number] > 0.94)) plain = false;
        said |= one.mask[number];
      }
      if (!cover[number]) continue;
      let best = score[number] * cover[number];
      covered[number] = cover[number];
      for (let bit = 1; bit <= said; bit <<= 1) {
        if (!(said & bit)) continue;
        let fits = 0, covers = 0;
        for (const one of each) {
          const fit = Math.max(one.mask[number] & bit ? one.said[number] : 0, BY_OWNER * one.byName[number]);
          fits += one.weight * fit / total;
          if (fit) covers += one.weight / total;
        }
        best = Math.max(best, fits * covers);
        covered[number] = Math.max(covered[number], covers);
      }
      // In a name of three words or more, how many there are is not known here: they may be all.
      const share = named[number] > 0.99 ? sum / Math.max(longest, each.length) : 0;
      worth[number] = best + 0.35 * share + (plain && share > 0.94 ? 1 : 0);
    }
    return { score, cover, named, covered, worth, each };
  }

  const STATEMENTS = 3; // about so many statements and items there are for each item

  /** How well each item fits one word: by its names, by its own words, by its statements. */
  function weighWord(found) {
    const size = weights.length;
    const own = new Float32Array(size), byName = new Float32Array(size), said = new Float32Array(size);
    const mask = new Uint8Array(size), length = new Uint8Array(size);
    let seen = 0;
    for (const [other, how] of found) {
      for (const kind of kinds) if (kind.word === other) own.fill(KIND * how, kind.from, kind.to);
    }
    for (const [other, how] of found) {
      const list = listOf(other);
      if (!list) continue;
      if (how === 1) seen = list.seen;
      list.numbers.forEach((number, at) => {
        const held = Math.floor(list.codes[at] / 3), where = list.codes[at] % 3;
        const fit = how * HELD[held];
        if (fit > own[number]) own[number] = fit;
        if (list.codes[at] >= NAMED && fit > byName[number]) {
          byName[number] = fit;
          length[number] = 4 - ((held - 1) >> 1);
        }
        if (!where) return;
        said[number] = Math.max(said[number], how * (where > 1 ? LABEL : TEXT));
        mask[number] |= list.masks[at];
      });
    }
    // Rare words tell more; one that is only like another tells less, and one that nobody knows little.
    const weight = found.size ? Math.min(4, Math.log(2 + STATEMENTS * size / (1 + seen))) * (seen ? 1 : 0.7) : 1;
    return { found, own, byName, said, mask, length, weight };
  }

  // --- 5. Finding ----------------------------------------------------------------------------------------------

  // What a query is found by, from the surest. The words' own score stays below 1.4.
  const BY_NAME = 3, LETTER_BY_LETTER = 0.2, BY_SYMBOL = 2.5, BY_PLACE = 2, BY_NEAR_NAME = 1.75, BY_DAY = 1.2;

  let lastAsked = null; // a query is asked again whenever parts have come

  /** A query, read and weighed; without `worth` where parts are wanted first. */
  function ask(query) {
    const date = readDate(query);
    const typed = split(words(query)), all = date ? words(date.inWords) : typed, list = telling(all);
    const place = readPlace(all);
    const asked = { query, typed, list, date, place, weighed: weigh(list), dated: date && weighDate(date),
      rest: place && place.rest.length ? weigh(place.rest) : null };
    return wants.size || !list.length ? asked : { ...asked, worth: worthOf(asked) };
  }

  /** All that fits a query, best first, as far as it is there:
   * `{hits: [{doc, score, name}], meant, counts, more, near, wants, ready}`
   * name: the one that fits; more: how many items were not looked into; counts: `{hits, more}` by kind; near: names like
   * the query, where there is no hit; wants: the parts still to load; ready: whether the first hits can be shown without
   * them. `most` items are looked into, of the chosen kind only, `first` of them for the first hits. */
  function find(query, chosen, first, most) {
    wants = new Set();
    const nothing = { hits: [], meant: new Set(), counts: new Map(), more: 0, near: [], wants: [], ready: true };
    const asked = lastAsked && lastAsked.query === query ? lastAsked : ask(query);
    if (!asked.list.length) return nothing;
    if (wants.size) return { ...nothing, wants: [...wants], ready: false };
    lastAsked = asked; // all is weighed
    const { list, weighed, worth } = asked;
    const order = [...worth].filter(([number]) => !chosen || kindOf(number).name === chosen)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number);
    const near = worth.size ? [] : alikeItems(list);
    if (wants.size) return { ...nothing, wants: [...wants], ready: false };
    const looked = [...order, ...near].slice(0, most);
    const ready = !looked.slice(0, first).filter(isWanted).length;
    if (ready) looked.slice(first).forEach(isWanted);
    const there = looked.filter((number) => rows[number]);
    const hits = near.length || !ready ? [] : ranked(asked, there.map(itemOf));
    const counts = new Map();
    const count = (kind, what) => {
      const known = counts.get(kind) || { hits: 0, more: 0 };
      known[what]++;
      counts.set(kind, known);
    };
    for (const { doc } of hits) count(doc.kind, "hits");
    const seen = new Set(there);
    let more = 0;
    for (const number of worth.keys()) {
      const kind = kindOf(number).name;
      if (seen.has(number)) continue;
      count(kind, "more");
      if (!chosen || kind === chosen) more++;
    }
    const meant = new Set();
    for (const { found } of [...weighed.each, ...(asked.rest ? asked.rest.each : [])]) {
      for (const word of found.keys()) for (const one of wordsOf(word)) meant.add(one);
    }
    return { hits, meant, counts, more, near: near.length ? nearNames(query, there) : [], wants: [...wants], ready };
  }

  /** The words that something in `found` stands for: itself, or those of names with a beginning. */
  function wordsOf(word) {
    return word[0] === "^" ? [...vocabulary.keys()].filter((other) => other.startsWith(word.slice(1))) : [word];
  }

  function isWanted(number) {
    if (rows[number] !== undefined) return false;
    want("items-" + lastUpTo(starts, number));
    return true;
  }

  /** The items that may be what is meant, by number, each with how likely it is. */
  function worthOf({ typed, list, weighed, place, rest, dated }) {
    const worth = new Map();
    const raise = (number, sure) => { if (sure > (worth.get(number) || 0)) worth.set(number, sure); };
    const most = weighed.covered.reduce((a, b) => Math.max(a, b), 0);
    weighed.worth.forEach((value, number) => {
      const least = most * (weighed.named[number] < 0.5 ? 0.75 : 0.5);
      if (value && weighed.covered[number] >= least - 0.001) raise(number, value * (PRIOR[kindOf(number).name] || 1));
    });
    for (const [number, sure] of gluedItems(typed, list)) raise(number, sure);
    for (const number of citedItems(place ? place.rest : typed)) raise(number, place ? BY_PLACE : BY_SYMBOL);
    if (rest) {
      const texts = kinds.find((kind) => kind.name === "instrument");
      let best = 0;
      for (let number = texts.from; number < texts.to; number++) best = Math.max(best, rest.named[number]);
      for (let number = texts.from; number < texts.to; number++) {
        if (best > 0.2 && rest.named[number] > best - 0.01) raise(number, BY_PLACE + rest.score[number]);
      }
    }
    if (dated) for (const [number, sure] of dated.sure) raise(number, sure);
    for (const [number, sure] of worth) worth.set(number, sure + Math.min(weightOf(number), 32) / 800);
    return worth;
  }

  const namedBy = ({ numbers, codes }) => numbers.filter((_, at) => codes[at] >= NAMED);

  /** The items with a name that is all that was typed, written as one word. */
  function gluedItems(typed, list) {
    const found = [];
    const unknown = list.some((word) => !listOf(word));
    for (const word of new Set([typed.join(""), telling(typed).join("")])) {
      if (typed.length < 2) continue;
      const known = listOf(word);
      const meant = known ? [[word, 1]] : unknown && spelling && !wants.size ? likeIt(word, new Map()) : [];
      for (const [other, how] of meant) {
        const items = listOf(other);
        for (const number of items ? namedBy(items) : []) found.push([number, 1.5 * how]);
      }
    }
    return found;
  }

  /** Texts whose names have all the numbers that were typed, and nothing else was. */
  function citedItems(list) {
    const numbered = list.filter((word) => !CITING.has(word) && !STOP.has(word));
    if (!numbered.length || !numbered.every((word) => /^\d+$/.test(word))) return [];
    const texts = kinds.find((kind) => kind.name === "instrument");
    const named = numbered.map((word) => {
      const items = listOf(word);
      return new Set(items ? namedBy(items) : []);
    });
    const found = [...named[0]].filter((number) => number >= texts.from && number < texts.to
      && named.every((numbers) => numbers.has(number)));
    return found.length < MOST_CITED ? found : []; // a year alone names no text
  }

  const MOST_CITED = 10;

  /** What happened on a day or in a month, each item with how surely it is meant. */
  function weighDate({ day, rest }) {
    const list = words(rest).filter((word) => !STOP.has(word));
    const weighed = list.length ? weigh(list) : null;
    const sure = new Map();
    const month = day[0] === "-" ? day : day.slice(0, 7);
    for (const [term, how] of [["@" + day, BY_DAY], ["@" + month, BY_DAY - 0.4]]) {
      const items = listOf(term);
      for (const number of items ? items.numbers : []) {
        const fit = weighed ? weighed.score[number] * weighed.cover[number] : 0.5;
        if (!sure.has(number)) sure.set(number, how + fit - (fit ? 0 : 0.6));
      }
    }
    return { sure, weighed };
  }

  /** The items of words in names that are like the typed ones, the most like first. */
  function alikeItems(list) {
    if (!spelling) { want("spelling"); return []; }
    const key = list.join("");
    const most = Math.max(2, Math.floor(key.length / 2.5));
    const like = [];
    for (const word of spelling.words) {
      const distance = word.length > 3 ? Math.min(...[...list, key].filter((typed) => typed.length > 3)
        .map((typed) => edits(typed, word, most))) : most + 1;
      if (distance <= most) like.push([distance, word]);
    }
    const found = new Set();
    for (const [, word] of like.sort((a, b) => a[0] - b[0]).slice(0, 5)) {
      const items = listOf(word);
      for (const number of items ? namedBy(items).slice(0, 5) : []) found.add(number);
    }
    return [...found];
  }

  /** What is found in these items and their statements, best first. */
  function ranked(asked, those) {
    const { query, typed, list, weighed, place, date } = asked;
    const hits = new Map();
    const hit = (doc, score, name) => {
      const known = hits.get(doc);
      if (!known || score > known.score) hits.set(doc, { doc, score, name: name || (known && known.name) });
    };
    addWords(weighed, those, hit);
    addNames(query, typed, list, new Set(those), hit);
    for (const item of cited(place ? place.rest : typed, those)) hit(item, place ? BY_PLACE : BY_SYMBOL);
    if (place) addPlaces(asked, those, hit);
    if (date) addDays(asked, those, hit);
    const order = [...hits.values()];
    for (const one of order) one.score += Math.min(one.doc.weight, 32) / 800; // main and much linked first among equals
    return order.sort((a, b) => b.score - a.score || a.doc.item - b.doc.item || a.doc.number - b.doc.number);
  }

  /** Whatever holds most of the words. */
  function addWords({ each }, those, hit) {
    const total = each.reduce((sum, { weight }) => sum + weight, 0);
    const own = each.map(({ found }) => {
      const fits = new Map(), named = new Map(); // by the numbers of documents
      for (const [meaning, how] of found) {
        for (const other of wordsOf(meaning)) {
          const posts = vocabulary.get(other) || [];
          for (let at = 0; at < posts.length; at += 2) {
            const fit = how * posts[at + 1];
            if (fit > (fits.get(posts[at]) || 0)) fits.set(posts[at], fit);
            if (posts[at + 1] >= ALIAS && fit > (named.get(posts[at]) || 0)) named.set(posts[at], fit);
          }
        }
      }
      return { fits, named };
    });
    const results = [];
    for (const item of those) {
      const best = each.map(() => 0);
      for (const doc of item.statements) {
        const fits = each.map(({ byName }, at) => Math.max(own[at].fits.get(doc.number) || 0,
          ...doc.parties.map((party) => (party.item < 0 ? 0 : BY_PARTY * byName[party.item]))));
        fits.forEach((fit, at) => { best[at] = Math.max(best[at], fit); });
        // A statement needs a word of its own: its page's name alone makes the page a result.
        if (!fits.some(Boolean)) continue;
        results.push([doc, fits.map((fit, at) => Math.max(fit, BY_OWNER * (own[at].named.get(item.number) || 0)))]);
      }
      results.push([item, each.map((_, at) => Math.max(own[at].fits.get(item.number) || 0, BY_STATEMENT * best[at]))]);
    }
    const covers = results.map(([, fits]) => fits.reduce((sum, fit, at) => sum + (fit ? each[at].weight / total : 0), 0));
    const most = Math.max(0, ...covers);
    results.forEach(([doc, fits], at) => {
      const isNamed = (word) => !doc.owner && own[word].named.has(doc.number);
      const named = each.reduce((sum, { weight }, word) => sum + (isNamed(word) ? weight / total : 0), 0);
      const least = most * (named < 0.5 ? 0.75 : 0.5);
      if (!covers[at] || covers[at] < least) return;
      const prior = PRIOR[doc.kind] || 1;
      const score = fits.reduce((sum, fit, word) => sum + each[word].weight * fit / total, 0);
      const [share, name] = named > 0.99 ? closest(doc, each) : [0, null];
      hit(doc, score * covers[at] * prior + (doc.rank || 0) * 0.05 + 0.35 * share * prior, name);
    });
  }

  /** How much of one of its names the words make up: `[share, name]`. */
  function closest(item, each) {
    let best = [0, null];
    for (const name of item.names) {
      let sum = 0;
      for (const { found } of each) {
        let fit = 0;
        for (const word of name.words) {
          fit = Math.max(fit, found.get(word) || found.get("^" + word.slice(0, 2)) || found.get("^" + word[0]) || 0);
        }
        sum += fit;
      }
      const share = sum / Math.max(name.words.size, each.length);
      if (share > best[0] + 0.001) best = [share, name];
    }
    return best;
  }

  /** What bears the very name; where nothing does, what bears one that is nearly the same. */
  function addNames(query, typed, list, those, hit) {
    const keys = [...new Set([typed.join(""), telling(typed).join("")])];
    const same = keys.flatMap((key) => exact.get(key) || []).filter(([doc]) => those.has(doc));
    const plain = letters(query); // "Tern talks" is a better name for itself than "Tern talk" is
    for (const [doc, worth, name] of same) {
      hit(doc, BY_NAME * worth + (letters(name.text) === plain ? LETTER_BY_LETTER : 0), name);
    }
    if (same.length || list.every((word) => word.length > 1 && listOf(word))) return;
    for (const [distance, entries] of near(keys[keys.length - 1], those)) {
      const score = BY_NEAR_NAME - 0.3 * distance;
      for (const [doc, worth, name] of entries) hit(doc, score * worth * (PRIOR[doc.kind] || 1), name);
    }
  }

  // "SCR 12", "Res. 12 (2031)": whatever people write before its number means the text with that symbol.
  const CITING = new Set("s a un unsc unscr unga sc scr ga res resolution council security assembly general no قرار مجلس امن رقم"
    .split(" "));

  function cited(list, those) {
    const numbered = list.filter((word) => !CITING.has(word) && !STOP.has(word));
    if (!numbered.length || !numbered.every((word) => /^\d+$/.test(word))) return [];
    const found = those.filter((item) => item.kind === "instrument" && item.symbols.some((symbol) => {
      const parts = words(symbol);
      return numbered.every((word) => parts.includes(word));
    }));
    return found.length < 3 ? found : []; // a year alone names no text
  }

  /** Names that are one or two edits away as a whole, the nearest first. */
  function near(key, those, most = key.length < 8 ? 1 : 2) {
    const found = [];
    if (key.length < 4) return found;
    for (const [other, all] of exact) {
      if (other.length < 4 || digits(other) !== digits(key)) continue;
      const entries = all.filter(([doc]) => those.has(doc));
      const distance = entries.length ? edits(key, other, most) : most + 1;
      if (distance <= most) found.push([distance, entries]);
    }
    return found.sort((a, b) => a[0] - b[0]);
  }

  /** Names that look like a query for which nothing was found. */
  function nearNames(query, there) {
    const key = telling(words(query)).join("");
    const those = new Set(there.map(itemOf));
    const names = near(key, those, Math.max(2, Math.floor(key.length / 2.5))).map(([, entries]) => entries[0][0].name);
    return [...new Set(names)].slice(0, 5);
  }

  /** The provisions with a label, of the text that the other words name; of all texts where they name none. */
  function addPlaces({ place, rest }, those, hit) {
    let best = 0;
    const texts = rest ? those.filter((item) => item.statements.some((doc) => doc.place)) : [];
    for (const item of texts) best = Math.max(best, rest.named[item.item]);
    for (const doc of those.flatMap((item) => item.statements)) {
      const fit = isPlace(doc, place);
      if (!fit) continue;
      if (!rest) hit(doc, BY_PLACE + 0.2 * fit);
      else if (best > 0.2 && rest.named[doc.item] > best - 0.01) hit(doc, BY_PLACE + 0.3 * fit + rest.score[doc.item]);
    }
  }

  /** What happened on a day, or in a month. */
  function addDays({ date: { day }, dated: { weighed } }, those, hit) {
    const matches = (date) => (day[0] === "-" ? date.slice(4).startsWith(day) : date.startsWith(day));
    for (const item of those) {
      if (!item.date) continue;
      const [start, end] = item.date.split("/");
      // A round goes on during the day; what is known to the month may have been on it.
      const during = day[0] !== "-" && (end ? start <= day && day <= end : start.length === 7 && day.startsWith(start));
      if (!matches(start) && !during) continue;
      const fit = weighed ? weighed.score[item.item] * weighed.cover[item.item] : 0.5;
      // How everything stood on the day comes after what happened on it.
      const kind = { event: 0, page: -0.1 }[item.kind] ?? 0.1;
      const sure = BY_DAY - (matches(start) ? 0 : 0.4) + kind - (fit ? 0 : 0.6);
      hit(item, sure + fit);
    }
  }

  window.briefingIndex = { add: (part, data) => ADD[part](data), missing, find, words, telling, STOP, kinds, examples };
})();
