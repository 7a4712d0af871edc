/** The part of an `AbortSignal` that this library needs; every runtime's own fits. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  readonly addEventListener: (type: "abort", listener: () => void, options?: { once?: boolean }) => void;
  readonly removeEventListener: (type: "abort", listener: () => void) => void;
}
