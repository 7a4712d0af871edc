type HeaderList = [string, string][];

/** A message from the page to the server in its worker. */
export type ToServer =
  | {
      readonly type: "request";
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: HeaderList;
      readonly body: string | null;
    }
  | { readonly type: "abort"; readonly id: number };

/** A message from the server to the page: it is ready, it failed to start, or a part of an answer. */
export type FromServer =
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly reason: string }
  | { readonly type: "head"; readonly id: number; readonly status: number; readonly headers: HeaderList }
  | { readonly type: "part"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly reason: string };
