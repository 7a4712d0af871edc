import { useSyncExternalStore } from "react";

const media = "(prefers-reduced-motion: reduce)";

/** Whether the user has asked for less motion. */
export function usePrefersReducedMotion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(media);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(media).matches,
    () => false,
  );
}
