/**
 * Runs `work` while the page can be seen: its signal aborts when the page is hidden, and it runs anew when the
 * page is shown. The returned function ends it for good.
 */
export function whileVisible(work: (signal: AbortSignal) => void): () => void {
  let controller: AbortController | undefined;
  const follow = () => {
    if (document.visibilityState === "hidden") {
      controller?.abort();
      controller = undefined;
    } else if (controller === undefined) {
      controller = new AbortController();
      work(controller.signal);
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    controller?.abort();
  };
}
