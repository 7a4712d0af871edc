// Hostile values for texts, numbers and objects.
import * as fc from "fast-check";

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const deepObject = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** Many short texts, a few on each line with a space between two. */
const oneOf = (lines: readonly string[]) =>
  fc.constantFrom(...lines.flatMap((line) => line.split(" ")), "", " ");

const knownJson = oneOf([
  "null true 0 -0 -1 1.5 1e999 -1e999 1e-999 9007199254740993 2147483648",
  `00 NaN undefined 'x' 0x10 [ { " [] {} [null] [[]] "" "\t"`,
  String.raw`"\u0000" "a\u0000b" "\ud800" "\udc00\ud800" "\ud83d" "\u0" "\x00"`,
  '"\u2028\u202e\ufeff\uffff" "e\u0301\u0301\u0301"',
  '"9999-99-99T99:99:99Z" "0000-00-00" "275760-09-13" "-000001-01-01"',
  `"%s%n%d" "';drop/**/table/**/memlane.job;--" "{{7*7}}$\{7*7}" "../../etc/passwd" "file:///etc/passwd"`,
  String.raw`"http://169.254.169.254/" "http://[::1]:1/" "https://user:secret@host/" "https://\ud800/"`,
  '"__proto__" "constructor" "toString" "job_00000000000000000000000000000000"',
  '{"__proto__":{"polluted":1}} {"constructor":{"prototype":{"polluted":1}}} {"a":1,"a":2}',
  '{"toString":1,"valueOf":2,"length":-1,"then":1} {"":{"":{"":1}}}',
  String.raw`{"\u0000":1} {"\ud800":1}`,
]);

/** Pieces of JSON source, some of which no serialiser would write. */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: knownJson },
  { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom(200, 5000, 100_000).map(deep) },
  { weight: 1, arbitrary: fc.constantFrom(200, 5000, 50_000).map(deepObject) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(300, 16_001, 200_000).map((length) => JSON.stringify("x".repeat(length))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(21, 501, 20_000).map((length) => JSON.stringify(Array(length).fill(0))),
  },
);

const knownLines = oneOf([
  "% %0 %00 %zz %c0%af %ff %ed%a0%80 %2f %2F..%2F %2e%2e .. . %252f",
  "* ? & = ; a;b=c \\ | [] a[] a[b]=c __proto__ constructor toString",
  "-1 0 1e9 1e999 NaN Infinity 99999999999999999999 0x10 1.5 +1 null true",
  "' \" 'or/**/1=1-- <script> ${7*7} \u00e9\u00ff \u0001 \u007f \t",
  "job_ job_00000000000000000000000000000000 mem_0 00000000-0000-0000-0000-000000000000",
  "JOB_00000000000000000000000000000000 {00000000-0000-0000-0000-000000000000} grp_1 dlv_1",
]);

/** Texts for an address or a header, as bytes of latin1 and without an end of line. */
export const hostileLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: knownLines },
  {
    weight: 2,
    arbitrary: fc.string({ unit: "binary-ascii" }).map((text) => text.replaceAll(/[\r\n]/g, " ")),
  },
  { weight: 4, arbitrary: fc.string({ unit: "grapheme" }).map(encodeURIComponent) },
  { weight: 1, arbitrary: fc.constantFrom(300, 8000, 20_000, 70_000).map((length) => "a".repeat(length)) },
);
