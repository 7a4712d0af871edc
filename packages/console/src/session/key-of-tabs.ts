// Each tab keeps its key in memory only. A new tab asks the other open tabs of the console for the key, so that a link can
// be opened in a new tab.
const channelName = "memlane-console";
const answerMs = 200;

type Message = { readonly kind: "ask" } | { readonly kind: "key"; readonly apiKey: string };

/** Answers other tabs that ask for the key. The returned function stops it. */
export function shareKey(apiKey: string): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.kind === "ask") post(channel, { kind: "key", apiKey });
  });
  return () => channel.close();
}

/** The key of another open tab; undefined if none answers. */
export function askTabsForKey(): Promise<string | undefined> {
  const channel = new BroadcastChannel(channelName);
  return new Promise<string | undefined>((resolve) => {
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if (data.kind === "key") resolve(data.apiKey);
    });
    setTimeout(() => resolve(undefined), answerMs);
    post(channel, { kind: "ask" });
  }).finally(() => channel.close());
}

function post(channel: BroadcastChannel, message: Message): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is not a window
  channel.postMessage(message);
}
