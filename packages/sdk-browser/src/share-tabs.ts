/** What one tab does for all that share a name. */
export interface Sharing {
  /** What to tell a tab that has just come; undefined when there is nothing yet. */
  readonly latest: () => unknown;
  /** Hears what the leading tab tells. */
  readonly hear: (told: unknown) => void;
  /** Works for all, and tells them; resolves with whether it can still answer for them, or another tab should try. */
  readonly lead: (tell: (news: unknown) => void) => Promise<boolean>;
}

/**
 * Lets one of all tabs of a browser lead. The one that holds the lock of this name leads until its signal aborts, its
 * tab closes or it cannot go on; then the next one that waits for the lock does. Without locks (a page that came over
 * plain http, an old browser) each tab leads itself.
 */
export function shareTabs(name: string, signal: AbortSignal, { latest, hear, lead }: Sharing): void {
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- it is missing where the context is not secure
  if (navigator.locks === undefined) return void lead(() => {});
  let isLeading = false;
  const channel = new BroadcastChannel(name);
  const left = new Promise<void>((resolve) => {
    const leave = () => {
      channel.close();
      resolve();
    };
    signal.addEventListener("abort", leave, { once: true });
  });
  const post = (message: object) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is not a window
    if (!signal.aborted) channel.postMessage(message);
  };
  const tell = (news: unknown) => post({ news });
  channel.addEventListener("message", ({ data }: MessageEvent<{ readonly news?: unknown }>) => {
    if (data.news !== undefined) hear(data.news);
    else if (isLeading && latest() !== undefined) tell(latest());
  });
  post({}); // asks how things stand
  navigator.locks
    .request(name, { signal }, async () => {
      isLeading = true;
      // Whoever has seen the end keeps the lock, to tell it to the tabs that come later.
      if (await lead(tell)) await left;
      isLeading = false;
    })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
}
