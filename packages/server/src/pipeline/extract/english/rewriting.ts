/** A wording, and what to read instead. */
export type Rewriting = readonly [
  said: RegExp,
  plain: string | ((said: string, ...groups: readonly string[]) => string),
];

/** Adds words before a sentence that begins with this pattern, such as "my" or "I was". */
export function precede(sentence: string, added: string): Rewriting {
  return [
    new RegExp(`(?<=^|[.!?] )(?=${sentence})(\\p{L})`, "giu"),
    (_, first) => `${added} ${first.toLowerCase()}`,
  ];
}

/** Where a wording may begin whose lookbehind asks for the start of a clause. */
const clauseStart = /[.!?,] /g;
const beginsClause = "(?<=^|";

/**
 * Returns a function that applies these rewritings, in their order. Few lines have any of the wordings. So each line is first
 * tried against all wordings at once, at the few places where a clause begins.
 */
export function createRewriter(rewritings: readonly Rewriting[]): (line: string) => string {
  const wordings = rewritings.map(([said]) => said);
  const initial = unite(
    wordings.filter(({ source }) => source.startsWith(beginsClause)),
    "y",
  );
  const others = unite(
    wordings.filter(({ source }) => !source.startsWith(beginsClause)),
    "",
  );
  return (line) => {
    const starts = [0, ...Array.from(line.matchAll(clauseStart), ({ index }) => index + 2)];
    const isPlain = !others.some((any) => any.test(line)) && !starts.some((at) => isAt(initial, line, at));
    return isPlain ? line : rewritings.reduce(rewrite, line);
  };
}

/** One pattern for each set of flags that matches what any of these patterns matches. */
function unite(patterns: readonly RegExp[], flag: string): readonly RegExp[] {
  const byFlags = Map.groupBy(patterns, ({ flags }) => flags.replace("g", flag));
  return Array.from(
    byFlags,
    ([flags, same]) => new RegExp(same.map(({ source }) => `(?:${source})`).join("|"), flags),
  );
}

function isAt(patterns: readonly RegExp[], text: string, at: number): boolean {
  return patterns.some((pattern) => {
    pattern.lastIndex = at;
    return pattern.test(text);
  });
}

function rewrite(text: string, [said, plain]: Rewriting): string {
  return typeof plain === "string" ? text.replaceAll(said, plain) : text.replaceAll(said, plain);
}
