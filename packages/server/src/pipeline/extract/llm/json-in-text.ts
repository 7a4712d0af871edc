import { jsonrepair } from "jsonrepair";

/** How many characters are repaired. There are limits, because repairing takes quadratic time. */
const mostRepaired = { perPiece: 8000, perText: 100_000 };

/** How often the characters of a text may be read again, so that the time grows linearly with its length. */
const mostReadings = 16;

/** Where a JSON object or array may start. */
const starts = /[{[]/g;

/** What to look for in a text. */
interface Search<Result> {
  /** Whether broken JSON is repaired, if it is short and was not cut off. */
  readonly repairs: boolean;
  /** Returns undefined if the value is of no use. Then the values inside it are read. */
  readonly read: (value: unknown) => Result | undefined;
}

/**
 * Reads an answer, or the last one in a text: prose or thinking may be around the answer, and drafts before it. Undefined if there
 * is none.
 */
export function readLastJson<Result>(said: unknown, search: Search<Result>): Result | undefined {
  return typeof said === "string" ? readJsonInText(said, search).at(-1) : search.read(said);
}

/** Calls `read` for the JSON objects and arrays in a text, and returns the results in order. */
export function readJsonInText<Result>(text: string, { repairs, read }: Search<Result>): Result[] {
  const found: Result[] = [];
  let readable = mostReadings * text.length + 1000;
  let repairable = mostRepaired.perText;
  let position = 0;
  while (readable > 0) {
    starts.lastIndex = position;
    const start = starts.exec(text)?.index;
    if (start === undefined) break;
    const end = endOf(text, start, start + readable);
    readable -= Math.max(1, (end ?? text.length) - start);
    const piece = text.slice(start, end);
    let value = end === undefined ? undefined : parse(piece);
    if (value === undefined && repairs && piece.length <= Math.min(mostRepaired.perPiece, repairable)) {
      repairable -= piece.length;
      value = repair(piece);
    }
    const result = value === undefined ? undefined : read(value);
    if (result === undefined) {
      position = start + 1;
    } else {
      found.push(result);
      position = end ?? text.length;
    }
  }
  return found;
}

/** The position after the bracket that closes the one at `start`; undefined if there is none before `limit`. */
function endOf(text: string, start: number, limit: number): number | undefined {
  let depth = 0;
  let isInString = false;
  const last = Math.min(text.length, limit);
  for (let at = start; at < last; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === "\\") at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function parse(piece: string): unknown {
  try {
    return JSON.parse(piece);
  } catch {
    return undefined;
  }
}

/** Repairs broken JSON. Undefined if the piece does not end like JSON: it was cut off, or it is not JSON. */
function repair(piece: string): unknown {
  const end = Math.max(piece.lastIndexOf("}"), piece.lastIndexOf("]")) + 1;
  if (!/^[\s`]*$/.test(piece.slice(end))) return undefined;
  try {
    return parse(jsonrepair(piece.slice(0, end)));
  } catch {
    return undefined;
  }
}
