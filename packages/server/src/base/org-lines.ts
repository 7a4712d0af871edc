/** How organisations share something that only so many may use at the same time. */
export interface LineOptions {
  /** How many may use it at the same time. */
  readonly ofAll: number;
  /** How many of these may belong to one organisation. */
  readonly ofOrg: number;
  /** How many of one organisation may wait. */
  readonly mostWaiting: number;
  /** How long one may wait, in milliseconds. */
  readonly waitMs: number;
  /** Makes the error of one that may not enter. */
  readonly refuse: (why: "line is full" | "waited too long" | "aborted") => Error;
}

/** Waits until this organisation may enter. The function that it resolves with lets the next one in. */
export type EnterLine = (orgId: string, signal?: AbortSignal) => Promise<() => void>;

/** One organisation. */
interface Line {
  inside: number;
  /** Each lets one in. */
  readonly waiting: Set<() => void>;
  /** The time that all inside have used until `countedMs`. */
  usedMs: number;
  countedMs: number;
}

/**
 * Gives each organisation a line. The one whose line has used the least time is next, and the last place is for an
 * organisation that has none inside. So an organisation of short uses hardly waits for one of long uses.
 */
export function createOrgLines({ ofAll, ofOrg, mostWaiting, waitMs, refuse }: LineOptions): EnterLine {
  const lines = new Map<string, Line>();
  let inside = 0;
  let servedMs = 0; // the time that the line that was served last had used

  function serve(): void {
    for (let next = chooseNext(); next !== undefined; next = chooseNext()) {
      const [begin] = next.waiting;
      next.waiting.delete(begin!);
      next.inside += 1;
      inside += 1;
      servedMs = next.usedMs;
      begin!();
    }
  }

  function chooseNext(): Line | undefined {
    if (inside >= ofAll) return undefined;
    let next: Line | undefined;
    for (const [orgId, line] of lines) {
      countUse(line);
      // An idle line that has used more than the one served last is kept. Else its organisation could pause briefly and come
      // back with less time.
      if (line.inside + line.waiting.size === 0 && line.usedMs <= servedMs) lines.delete(orgId);
      const mayEnter = line.inside === 0 || (line.inside < ofOrg && inside < ofAll - 1);
      if (line.waiting.size === 0 || !mayEnter) continue;
      if (next === undefined || line.usedMs < next.usedMs) next = line;
    }
    return next;
  }

  // A new line starts with the time of the one that was served last, so that it comes neither before all others nor after them.
  const newLine = (): Line => ({
    inside: 0,
    waiting: new Set(),
    usedMs: servedMs,
    countedMs: performance.now(),
  });

  function countUse(line: Line): void {
    const nowMs = performance.now();
    line.usedMs += line.inside * (nowMs - line.countedMs);
    line.countedMs = nowMs;
  }

  return (orgId, signal) => {
    const line = lines.get(orgId) ?? newLine();
    if (signal?.aborted) return Promise.reject(refuse("aborted"));
    if (line.waiting.size >= mostWaiting) return Promise.reject(refuse("line is full"));
    lines.set(orgId, line);
    const leave = () => {
      countUse(line);
      line.inside -= 1;
      inside -= 1;
      serve();
      if (inside === 0) lines.clear();
    };
    return new Promise((resolve, reject) => {
      const begin = () => {
        settle();
        resolve(leave);
      };
      const giveUp = () => {
        settle();
        line.waiting.delete(begin);
        reject(refuse(signal?.aborted ? "aborted" : "waited too long"));
      };
      const timer = setTimeout(giveUp, waitMs);
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
      };
      signal?.addEventListener("abort", giveUp);
      line.waiting.add(begin);
      serve();
    });
  };
}
