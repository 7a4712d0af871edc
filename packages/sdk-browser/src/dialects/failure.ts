import type { IngestJobWire } from "@memlane/core";
import { objectOf, optional, textOf, withDefault, type Read } from "../json.ts";

type FailureWire = NonNullable<IngestJobWire["error"]>;

/** Reads why a job failed. @throws TypeError if the object lacks the reason */
export const readFailure: Read<FailureWire> = objectOf<FailureWire>({
  type: withDefault(textOf, "server_error"),
  code: textOf,
  message: textOf,
  reason: optional(textOf),
});
