// Colours SQL for the eye alone: what is judged is read elsewhere. All of it is text nodes, never markup.

const WORDS = new Set(("select from where insert into values update set delete drop truncate alter create table database schema view index"
  + " and or not null is in exists between like ilike as on using join left right inner outer full cross group by order having limit"
  + " offset returning with recursive union all distinct case when then else end begin commit rollback savepoint do call copy merge"
  + " matched cascade restrict if grant revoke to column add rename type function procedure language only references primary key"
  + " default true false lateral materialized refresh execute prepare explain analyze vacuum lock owner role user").split(" "));
const HARM = new Set("delete drop truncate update alter merge revoke do call".split(" "));
const LONGEST_COLOURED = 100000;

const TOKEN = new RegExp([
  "(?<note>--[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))",
  "(?<text>[eE]'(?:[^'\\\\]|\\\\[\\s\\S]|'')*'?|'(?:[^']|'')*'?|\\$(?<tag>[A-Za-z_]*)\\$[\\s\\S]*?(?:\\$\\k<tag>\\$|$))",
  "(?<name>\"(?:[^\"]|\"\")*\"?)",
  "(?<number>\\$\\d+|\\b\\d+(?:\\.\\d+)?\\b)",
  "(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)",
].join("|"), "gu");

/** What cannot be seen, or reorders what is read, is shown by its number. */
const ODD = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029]/gu;

export function plain(parent, text) {
  let from = 0;
  for (const found of text.matchAll(ODD)) {
    if (found[0] === "\n" || found[0] === "\t") {
      continue;
    }
    parent.append(text.slice(from, found.index));
    const mark = document.createElement("span");
    mark.className = "odd";
    mark.textContent = "U+" + found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    parent.append(mark);
    from = found.index + found[0].length;
  }
  parent.append(text.slice(from));
  return parent;
}

function kind(groups) {
  if (groups.word === undefined) {
    return ["note", "text", "name", "number"].find((name) => groups[name] !== undefined);
  }
  const word = groups.word.toLowerCase();
  return HARM.has(word) ? "harm" : WORDS.has(word) ? "word" : "";
}

export function coloured(parent, sql) {
  if (sql.length > LONGEST_COLOURED) {
    return plain(parent, sql);
  }
  let from = 0;
  for (const token of sql.matchAll(TOKEN)) {
    const name = kind(token.groups);
    if (name) {
      plain(parent, sql.slice(from, token.index));
      const span = document.createElement("span");
      span.className = name;
      parent.append(plain(span, token[0]));
      from = token.index + token[0].length;
    }
  }
  return plain(parent, sql.slice(from));
}
