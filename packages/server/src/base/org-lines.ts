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
}

/** Gives each organisation a line, and serves the lines in turn, so that no organisation can keep the others out. */
export function createOrgLines({ ofAll, ofOrg, mostWaiting, waitMs, refuse }: LineOptions): EnterLine {
  const lines = new Map<string, Line>(); // in the order in which they are served
  let inside = 0;

  function serve(): void {
    for (const [orgId, line] of lines) {
      if (inside >= ofAll) return;
      const [begin] = line.waiting;
      if (begin === undefined || line.inside >= ofOrg) continue;
      line.waiting.delete(begin);
      lines.delete(orgId);
      lines.set(orgId, line); // moved to the end, so this loop sees it again
      line.inside += 1;
      inside += 1;
      begin();
    }
  }

  function forgetIfIdle(orgId: string, line: Line): void {
    if (line.inside === 0 && line.waiting.size === 0) lines.delete(orgId);
  }

  return (orgId, signal) => {
    const line = lines.get(orgId) ?? { inside: 0, waiting: new Set() };
    if (signal?.aborted) return Promise.reject(refuse("aborted"));
    if (line.waiting.size >= mostWaiting) return Promise.reject(refuse("line is full"));
    lines.set(orgId, line);
    const leave = () => {
      line.inside -= 1;
      inside -= 1;
      forgetIfIdle(orgId, line);
      serve();
    };
    return new Promise((resolve, reject) => {
      const begin = () => {
        settle();
        resolve(leave);
      };
      const giveUp = () => {
        settle();
        line.waiting.delete(begin);
        forgetIfIdle(orgId, line);
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
