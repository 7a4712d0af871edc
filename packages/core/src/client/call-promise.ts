import type * as z from "zod/mini";
import { readBody, type Answer } from "./call.ts";

/** Status and headers of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** The value of a header, null if it is absent. The name may be in any case. */
  readonly header: (name: string) => string | null;
  /** The request's id in the server's log. */
  readonly requestId: string;
}

/** The result of a call. */
export interface CallPromise<Data> extends Promise<Data> {
  /** The result with the status and headers of the answer. @throws MemlaneError as the call itself does */
  withResponse(): Promise<{ readonly data: Data; readonly response: ResponseHead }>;
}

/** A promise of the value that `read` returns for the answer. */
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

/** A promise of the answer's body. Rejects with `unreadable_response` if the body does not match the schema. */
export function promiseBody<Schema extends z.ZodMiniType>(
  answer: Promise<Answer>,
  schema: Schema,
): CallPromise<z.output<Schema>> {
  return promiseCall(answer, (response) => readBody(schema, response));
}
