// Identifiers: names that a search for exact text finds, such as files, commands, options and error codes.
import { isStorable } from "@memlane/core/internal";
import { wordSet } from "../word-lists.ts";

const longestIdentifier = 200;

/** Commands that are identifiers without any mark. "make", "go" and "node" are not here, because they are also English words. */
const commands = wordSet(`
  apt aws brew bun cargo curl deno docker eslint gcloud gh git gradle helm jest kubectl mvn npm npx pip pnpm psql pytest rsync rustc
  ssh systemctl terraform tsc vite vitest yarn
`);
/** Words after a command that are not its subcommand. */
const notSubcommands = wordSet(`
  a after an and are as at before but by can fails failed failing first for from has if in into is it on or says so than that the then
  to until was when while will with without
`);
/** Words of prose that look like paths or names with dots. */
const prose = wordSet(
  "and/or he/she his/her yes/no true/false on/off either/or input/output e.g i.e a.m p.m vs.",
);

/** The identifiers in a text, in their order: what is in backticks, commands, and words that are not prose. */
export function identifiersIn(text: string): readonly string[] {
  const found = new Set<string>();
  const rest = text.replaceAll(/`([^`\n]{1,200})`/g, (_, code: string) => {
    if (code.trim() !== "") found.add(code.trim());
    return " ";
  });
  const words = wordsOf(rest);
  for (const [at, word] of words.entries()) {
    if (commands.has(word)) {
      const next = words[at + 1] ?? "";
      const hasSubcommand = /^[a-z][a-z-]+$/.test(next) && !notSubcommands.has(next);
      found.add(hasSubcommand ? `${word} ${next}` : word);
    } else if (isIdentifier(word)) found.add(word);
  }
  return [...found].filter((each) => each.length <= longestIdentifier);
}

/** The words between white space, without the punctuation around them. */
function wordsOf(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/^["'([{<]+/, "").replace(/["')\]}>,;:!?.]{1,10}$/, ""))
    .filter((word) => word !== "");
}

/** Whether a word is written unlike a word of prose: `node_modules`, `src/app.ts`, `--force`, `TS2345`, `readFile`. */
function isIdentifier(word: string): boolean {
  if (word.length < 2 || word.length > longestIdentifier || !/\p{L}/u.test(word)) return false;
  if (prose.has(word.toLowerCase()) || /@[\w-]{1,60}\.[a-z]/i.test(word)) return false;
  return /[_\\]|[^/]\/[^/]|::|[\w)]\.\w|\p{Ll}\p{Lu}|^--?[a-z]|^@\w|^[A-Z]{1,10}-?\d|^E[A-Z]{4,14}$/u.test(
    word,
  );
}

/** A call of a tool: before it, or with its output. */
export interface Action {
  readonly tool?: string | null | undefined;
  readonly args?: unknown;
  readonly output?: unknown;
}

// These limit the work for one action.
const mostTexts = 500;
const mostCharacters = 20_000; // of each text, at its beginning and at its end
const mostCharactersInAll = 100_000; // of the arguments, and of the output
const mostValues = 10_000; // of the arguments, and of the output
const mostWords = 500; // of each argument
const mostIdentifiers = 5000;

/** What an action can be recognised by: the tool, the words of its arguments with up to two words after each, and identifiers. */
export function identifiersOfAction({ tool, args, output }: Action): readonly string[] {
  const found = new Set<string>();
  const add = (identifier: string) => {
    if (identifier.length > longestIdentifier || found.size >= mostIdentifiers) return;
    if (isStorable(identifier)) found.add(identifier); // no stored identifier equals another one
  };
  if (tool) add(tool);
  for (const text of textsIn(args)) {
    add(text.trim());
    identifiersIn(text).forEach(add);
    const words = wordsOf(text.slice(0, mostCharacters)).slice(0, mostWords);
    for (const [at, word] of words.entries()) {
      for (const length of [1, 2, 3]) add(words.slice(at, at + length).join(" "));
      endsOfPath(word).forEach(add);
    }
  }
  for (const text of textsIn(output)) {
    for (const identifier of identifiersIn(text)) {
      add(identifier);
      endsOfPath(identifier).forEach(add);
    }
  }
  return [...found];
}

/** `app/src/main.ts` ends with `src/main.ts` and `main.ts`. */
function endsOfPath(word: string): readonly string[] {
  const parts = word.split("/").slice(-6);
  return parts.map((_, at) => parts.slice(at).join("/")).filter((end) => end !== "" && end !== word);
}

/** The texts in a JSON value, those on the outer levels first. Only the beginning and the end of a long text are returned. */
function textsIn(value: unknown): readonly string[] {
  const texts: string[] = [];
  const values: unknown[] = [value];
  let charactersLeft = mostCharactersInAll;
  const add = (text: string) => {
    texts.push(text.slice(0, charactersLeft));
    charactersLeft -= text.length;
  };
  for (let at = 0; at < values.length && texts.length < mostTexts && charactersLeft > 0; at += 1) {
    const next = values[at];
    if (typeof next === "string") {
      add(next.slice(0, mostCharacters));
      if (next.length > mostCharacters && charactersLeft > 0)
        add(next.slice(mostCharacters).slice(-mostCharacters));
    } else if (typeof next === "object" && next !== null) {
      const room = Math.min(mostTexts, mostValues - values.length);
      values.push(...Object.values(next).slice(0, room));
    }
  }
  return texts;
}
