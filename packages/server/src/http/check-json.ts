// Checks a body as text before parsing it, because parsing a hostile body is expensive.

/** The deepest nesting of a body: metadata may nest 64 levels, and starts at level three of a batch. */
const maximumDepth = 100;
/**
 * The largest number of values in a body. Parsing 100,000 keys takes about 0.1 s, and the time
 * grows faster than the number.
 */
const maximumValues = 100_000;

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const digitZero = 0x30;
const digitNine = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const safeDigits = 15; // every integer with this many digits is exact

/** Why a text must not be parsed, and the path of the reason: keys and indices from the outside in. */
export interface UnsafeJson {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The state of the scan for one open array or object. */
interface Level {
  readonly isObject: boolean;
  index: number;
  /** The last string in an object: the key of the next value. */
  keyStart: number;
  keyEnd: number;
}

/**
 * Finds the parts that `JSON.parse` would be slow at or would silently change. These are too many levels
 * or values, integers that a double cannot represent, and the key `__proto__`. Reads the text once.
 * Invalid JSON may pass, because parsing refuses it.
 */
export function findUnsafeJson(text: string): UnsafeJson | undefined {
  const levels: Level[] = [];
  let values = 1;
  let at = 0;
  const end = text.length;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const start = at;
      at += 1;
      for (;;) {
        const inside = text.charCodeAt(at);
        if (inside === backslash) at += 2;
        else if (inside === quote || at >= end) break;
        else at += 1;
      }
      at += 1;
      const level = levels.at(-1);
      if (level?.isObject) {
        level.keyStart = start;
        level.keyEnd = at;
      }
    } else if (code === colon) {
      const level = levels.at(-1);
      if (level !== undefined && isProto(text, level))
        return { path: pathOf(text, levels), message: "is a key that cannot be stored" };
      at += 1;
    } else if (code === comma) {
      values += 1;
      if (values > maximumValues) return tooManyValues();
      const level = levels.at(-1);
      if (level !== undefined) level.index += 1;
      at += 1;
    } else if (code === openBrace || code === openBracket) {
      values += 1;
      if (values > maximumValues) return tooManyValues();
      if (levels.length === maximumDepth)
        return { path: [], message: `the body must nest at most ${maximumDepth} levels deep` };
      levels.push({ isObject: code === openBrace, index: 0, keyStart: 0, keyEnd: 0 });
      at += 1;
    } else if (code === closeBrace || code === closeBracket) {
      levels.pop();
      at += 1;
    } else if (code === minus || (code >= digitZero && code <= digitNine)) {
      const start = at;
      do at += 1;
      while (isPartOfNumber(text.charCodeAt(at)));
      if (at - start > safeDigits && changesInteger(text.slice(start, at))) {
        const message = "is an integer beyond 2^53, which would not be kept exactly: send it as a string";
        return { path: pathOf(text, levels), message };
      }
    } else at += 1;
  }
  return undefined;
}

const tooManyValues = (): UnsafeJson => ({
  path: [],
  message: `the body must contain at most ${maximumValues.toLocaleString("en")} values`,
});

/** Digits, `+`, `-`, `.`, `e` and `E`. */
function isPartOfNumber(code: number): boolean {
  return (
    (code >= digitZero && code <= digitNine) ||
    code === 0x2b ||
    code === minus ||
    code === 0x2e ||
    code === 0x45 ||
    code === 0x65
  );
}

/** Whether this is an integer that a double would change. */
function changesInteger(number: string): boolean {
  // Without a loop, because one over 16 million digits has overflowed the stack of V8.
  return !/[.eE+]|.-/.test(number) && String(Number(number)) !== number;
}

/** Whether the key is `__proto__`, which can be written with escapes. */
function isProto(text: string, { keyStart, keyEnd }: Level): boolean {
  const length = keyEnd - keyStart;
  if (length < '"__proto__"'.length || length > '"__proto__"'.length * 6) return false;
  return readKey(text.slice(keyStart, keyEnd)) === "__proto__";
}

function readKey(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function pathOf(text: string, levels: readonly Level[]): PropertyKey[] {
  return levels.map(({ isObject, index, keyStart, keyEnd }) =>
    isObject ? readKey(text.slice(keyStart, keyEnd)) : index,
  );
}
