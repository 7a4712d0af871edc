import type { IngestJobWire } from "@memlane/core";
import { objectOf, optional, textOf, type Read } from "../json.ts";

type FailureWire = NonNullable<IngestJobWire["error"]>;

/** Reads why a job failed. @throws TypeError if the object lacks the reason */
export const readFailure: Read<FailureWire> = objectOf<FailureWire>({
  type: textOf,
  code: textOf,
  message: textOf,
  reason: optional(textOf),
});
