import type { Answer } from "./call.ts";

/** The head of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** A header by its name, in any case; null when the answer does not have it. */
  readonly header: (name: string) => string | null;
  /** By what name the server's log knows the request. */
  readonly requestId: string;
}

/** What a call is promised to come to. */
export interface CallPromise<Data> extends Promise<Data> {
  /** The same with the head of the answer that it came in. @throws MemlaneError as the call itself does */
  withResponse(): Promise<{ readonly data: Data; readonly response: ResponseHead }>;
}

/** Promises what `read` makes of an answer. */
export function promiseCall<Data>(
  answer: Promise<Answer>,
  read: (answer: Answer) => Data,
): CallPromise<Data> {
  const data = answer.then(read);
  const withResponse = async () => {
    const value = await data;
    const { status, header, requestId } = await answer;
    return { data: value, response: { status, header, requestId } };
  };
  return Object.assign(data, { withResponse });
}
