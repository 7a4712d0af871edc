// Transcripts and logs of a chat that a message contains.
import { wordSet } from "../word-lists.ts";
import { wordsOfName } from "./machine-names.ts";

const date = String.raw`(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4})`;
const time = String.raw`\d\d?:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?: ?[ap]\.?m\b\.?)?`;
/** `[10:02] bob: …`, `12/05/2024, 10:02 - Bob: …` */
const stamped = new RegExp(
  String.raw`^\s*(?:[[(](?:${date}[,T ]{1,2})?${time}[\])]|(?:${date}[,T ]{1,2})?${time}\s+(?:[-–|<]|[^\s:]{1,30}(?: [^\s:]{1,30})?:\s))`,
  "iu",
);
/** `2024-05-12T10:02:00Z INFO …`, `INFO: …`: only this line. */
const logged = new RegExp(
  String.raw`^\s*(?:${date}[,T ]{1,2}${time}\s+[^-–|<\s]|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d |(?:\S{1,30} )?\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL|(?:[A-Z]\w{0,30})?(?:Error|Exception|Warning))\]?(?::|\s-|\s\[|\s\w+[.:]))`,
  "u",
);
const nick = /^\s*<[@+]?[\w .-]{1,30}>\s/;
const labelled =
  /^\s*(?:[-*•] |\d{1,4}[.)] )?\*{0,2}\[?([\p{L}@][\p{L}\p{M}\p{N}_.'’ -]{0,39})\]?(?: ?\([^()\n]{1,40}\))?\*{0,2} ?:\*{0,2}\s+\S/u;
/** A name on a line of its own, with a time: `Bob  10:02 AM`. */
const heading = new RegExp(
  String.raw`^\s*\p{L}[\p{L}\p{N}_.'’ -]{0,40}[\s,—–-]+(?:\[?${time}\]?|(?:today|yesterday) at ${time})\s*$`,
  "iu",
);

/** Labels of the writer's own notes, and roles, which name a speaker even alone. */
const notes = wordSet(`
  note notes ps edit update context background question answer problem issue goal goals fact facts reminder summary tldr hobbies hobby
  food foods drink work job name age location city home country allergies allergy diet likes dislikes pets pet family health interests
  interest subject title date time place budget about info details description status plan plans task todo important warning
  example hint tip tips first second third finally morning evening monday tuesday wednesday thursday friday saturday sunday
  breakfast lunch dinner favorite favorites favourite favourites skills experience education birthday language languages also so
  from to cc bcc sent reply re day week month year step part chapter round lap level phase profile bio role occupation profession music
  movies movie books book sports sport weight height disclaimer confession preferences preference medication medications conditions children kids pros cons yes no well anyway please remember fyi btw
`);
const roles = wordSet("user assistant human ai system bot agent customer");

/**
 * The lines of a message that are the words of a transcript. A speaker's words go on to the next empty line, or to the next
 * speaker. A single line that begins like `Bob: …` is not a transcript, because notes are written like that.
 */
export function chatLinesOf(lines: readonly string[]): ReadonlySet<number> {
  const headings: number[] = [];
  const turns: number[] = [];
  const surely: number[] = [];
  const chat = new Set<number>();
  for (const [at, line] of lines.entries()) {
    const start = line.slice(0, 200);
    if (logged.test(start)) chat.add(at);
    else if (stamped.test(start) || nick.test(start)) surely.push(at);
    else if (heading.test(start) && start.length < 100) headings.push(at);
    else {
      const label = labelled.exec(start)?.[1];
      if (label === undefined) continue;
      const words = wordsOfName(label);
      if (words.length === 1 && roles.has(words[0]!)) surely.push(at);
      else if (words.length <= 3 && !words.some((word) => notes.has(word)) && isName(label)) turns.push(at);
    }
  }
  const starts = [...surely];
  if (turns.length + surely.length > 1) starts.push(...turns);
  if (headings.length > 1) starts.push(...headings);
  starts.sort((one, other) => one - other);
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    for (let at = start; at < (next ?? lines.length); at += 1) {
      if (next === undefined && lines[at]!.trim() === "") break;
      chat.add(at);
    }
  }
  return chat;
}

/** `Bob`, `Mary Ann`, `bob_77`; not `Fun fact`. */
function isName(label: string): boolean {
  const words = label.trim().split(/ +/);
  return words.length === 1 || words.every((word) => /^[\p{Lu}\p{Lo}\p{N}(@]/u.test(word));
}
