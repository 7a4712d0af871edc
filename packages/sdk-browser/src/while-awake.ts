/**
 * Runs `work` while the page is visible and online. The signal aborts when the page is hidden or goes
 * offline, and `work` runs again when it is shown or back online. The returned function stops it for good.
 */
export function whileAwake(work: (signal: AbortSignal) => void): () => void {
  let controller: AbortController | undefined;
  // Uses only the event, because `navigator.onLine` is false on many machines that can reach the server.
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
    rest(); // open connections used another network
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
