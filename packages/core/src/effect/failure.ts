import * as Schema from "@effect/schema/Schema";

/** Why a job failed, with the codes of its dialect. */
export const Failure = Schema.Struct({ type: Schema.String, code: Schema.String, message: Schema.String });
