/** The part of an `AbortSignal` that this library uses; the signals of every runtime fit. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  readonly addEventListener: (type: "abort", listener: () => void, options?: { once?: boolean }) => void;
  readonly removeEventListener: (type: "abort", listener: () => void) => void;
}
