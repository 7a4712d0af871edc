/** A value that changes, in the shape that React's `useSyncExternalStore` takes. */
export interface Store<Snapshot> {
  /** Calls `listener` after every change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  /** The current value: the same object until it changes. */
  readonly getSnapshot: () => Snapshot;
}

/**
 * A store that works only while it has subscribers: `start` runs when the first one subscribes, and the
 * function that it returned runs when the last one leaves.
 */
export function createStore<Snapshot>(
  initial: Snapshot,
  start: (set: (snapshot: Snapshot) => void) => () => void,
): Store<Snapshot> {
  let snapshot = initial;
  let stop: (() => void) | undefined;
  // A list of subscriptions, because one listener may subscribe twice. Each change makes a new list, so that
  // a listener may subscribe or leave while all listeners are called.
  let subscriptions: readonly { readonly listener: () => void }[] = [];

  const set = (next: Snapshot) => {
    snapshot = next;
    for (const { listener } of subscriptions) listener();
  };

  return {
    subscribe: (listener) => {
      const subscription = { listener };
      subscriptions = [...subscriptions, subscription];
      stop ??= start(set);
      return () => {
        subscriptions = subscriptions.filter((other) => other !== subscription);
        if (subscriptions.length > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    getSnapshot: () => snapshot,
  };
}
