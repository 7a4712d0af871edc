import type { IngestJobWire } from "@memlane/core";
import { objectOf, textOf, type Read } from "./json.ts";

type FailureWire = NonNullable<IngestJobWire["error"]>;

/** Reads why a job failed. @throws TypeError if the object does not say that */
export const readFailure: Read<FailureWire> = objectOf<FailureWire>({
  type: textOf,
  code: textOf,
  message: textOf,
});
