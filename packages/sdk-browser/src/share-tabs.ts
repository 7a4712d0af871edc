/** The work that one tab does for all tabs that share a name. */
export interface Sharing {
  /** The message for a tab that has just opened; undefined if there is none yet. */
  readonly latest: () => unknown;
  /** Receives the leading tab's messages. */
  readonly hear: (news: unknown) => void;
  /**
   * Does the work and sends its messages. Resolves with true if this tab can still answer new tabs, with
   * false if another tab should lead.
   */
  readonly lead: (share: (news: unknown) => void) => Promise<boolean>;
}

/**
 * Lets one tab of the browser do the work: the one that has the lock of this name. It leads until its signal
 * aborts, it closes, or it cannot continue; then the next tab gets the lock. Without locks (plain http, an
 * old browser) each tab does the work for itself.
 */
export function shareTabs(name: string, signal: AbortSignal, { latest, hear, lead }: Sharing): void {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- it is missing in an insecure context
  if (navigator.locks === undefined) return void lead(() => {});
  let isLeading = false;
  const channel = new BroadcastChannel(name);
  const left = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      channel.close();
      resolve();
    });
  });
  const post = (message: object) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is not a window
    if (!signal.aborted) channel.postMessage(message);
  };
  const share = (news: unknown) => post({ news });
  channel.addEventListener("message", ({ data }: MessageEvent<{ readonly news?: unknown }>) => {
    if (data.news !== undefined) hear(data.news);
    else if (isLeading && latest() !== undefined) share(latest());
  });
  post({}); // asks the leading tab for its last message
  navigator.locks
    .request(name, { signal }, async () => {
      isLeading = true;
      // A tab that has seen the end keeps the lock, so that it can answer tabs that open later.
      if (await lead(share)) await left;
      isLeading = false;
    })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
}
