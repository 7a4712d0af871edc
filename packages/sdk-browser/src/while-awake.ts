/**
 * Runs `work` while the page can be seen and is not cut off: its signal aborts when the page is hidden or goes offline, and
 * it runs anew when the page is shown or back online. The returned function ends it for good.
 */
export function whileAwake(work: (signal: AbortSignal) => void): () => void {
  let controller: AbortController | undefined;
  // Only an event says so: `navigator.onLine` is false on many a machine that reaches its own servers well.
  let isOffline = false;

  const rest = () => {
    controller?.abort();
    controller = undefined;
  };
  const follow = () => {
    if (isOffline || document.visibilityState === "hidden") return rest();
    if (controller !== undefined) return;
    controller = new AbortController();
    work(controller.signal);
  };
  const goOffline = () => {
    isOffline = true;
    follow();
  };
  const goOnline = () => {
    isOffline = false;
    rest(); // what was open went over another network
    follow();
  };

  document.addEventListener("visibilitychange", follow);
  addEventListener("offline", goOffline);
  addEventListener("online", goOnline);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    removeEventListener("offline", goOffline);
    removeEventListener("online", goOnline);
    rest();
  };
}
