import { describe, expect, it, vi } from "vitest";
import { createStore } from "./store.ts";

/** A store of numbers that the test sets. */
function playedStore() {
  let set: ((snapshot: number) => void) | undefined;
  const stop = vi.fn<() => void>();
  const start = vi.fn<(setSnapshot: (snapshot: number) => void) => () => void>((setSnapshot) => {
    set = setSnapshot;
    return stop;
  });
  return { store: createStore(0, start), start, stop, set: (snapshot: number) => set?.(snapshot) };
}

describe("createStore", () => {
  it("starts with the first subscriber, stops with the last, and starts again with the next", () => {
    const { store, start, stop } = playedStore();
    expect(start).not.toHaveBeenCalled();
    const leaveFirst = store.subscribe(() => {});
    const leaveSecond = store.subscribe(() => {});
    expect(start).toHaveBeenCalledTimes(1);
    leaveFirst();
    expect(stop).not.toHaveBeenCalled();
    leaveSecond();
    expect(stop).toHaveBeenCalledTimes(1);
    store.subscribe(() => {});
    expect(start).toHaveBeenCalledTimes(2);
  });

  it("calls every subscriber after the snapshot has changed", () => {
    const { store, set } = playedStore();
    const heard: number[] = [];
    store.subscribe(() => heard.push(store.getSnapshot()));
    store.subscribe(() => heard.push(store.getSnapshot() * 10));
    set(1);
    set(2);
    expect(heard).toEqual([1, 10, 2, 20]);
  });

  it("counts a listener for each of its subscriptions", () => {
    const { store, stop, set } = playedStore();
    const listener = vi.fn<() => void>();
    const leave = store.subscribe(listener);
    store.subscribe(listener);
    leave();
    leave();
    expect(stop).not.toHaveBeenCalled();
    set(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("lets a listener unsubscribe and subscribe while all listeners are called", () => {
    const { store, set } = playedStore();
    const heard: string[] = [];
    const leave = store.subscribe(() => {
      heard.push("first");
      leave();
      store.subscribe(() => heard.push("late"));
    });
    store.subscribe(() => heard.push("second"));
    set(1);
    expect(heard).toEqual(["first", "second"]);
  });
});
