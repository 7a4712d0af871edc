import * as z from "zod/mini";
import { boundedText } from "../dialect/bounded-text.ts";
import { lessonTypes } from "../memory/memory.ts";
import { withDefault } from "../dialect/with-default.ts";

const optionalName = z.optional(z.nullable(boundedText(255, 1)));
const scopes = ["user_id", "agent_id", "app_id", "group_ids"] as const;

/** The body of `POST /v1/memories/trigger`. */
export const triggerRequestWire = z
  .object({
    /** The call of a tool that is about to be made, or that has just returned. Identifiers are taken from it. */
    action: z.optional(
      z.nullable(
        z.object({
          tool: z.optional(z.nullable(z.string())),
          /** The arguments, in any form. */
          args: z.optional(z.nullable(z.unknown())),
          /** What the tool returned. */
          output: z.optional(z.nullable(z.unknown())),
        }),
      ),
    ),
    /** Identifiers instead of an action, as they are; up to 1,000. */
    entities: z.optional(z.nullable(z.array(boundedText(1000)).check(z.maxLength(1000)))),
    /** An empty list means both. @default both */
    include: z.optional(z.nullable(z.array(z.enum(lessonTypes)))),
    /** Lessons of this namespace, and those of none. @default only those of none */
    namespace: z.optional(z.nullable(boundedText(256))),
    /** The goal, up to 2,000 characters: what fits it comes first in mode `compose`. */
    task: z.optional(z.nullable(boundedText(2000))),
    /** `compose` also makes a block of Markdown for a prompt. @default "compose" */
    mode: withDefault(z.enum(["compose", "retrieve"]), "compose"),
    /** At least one of `user_id`, `agent_id`, `app_id` and `group_ids`. A lesson must match all that are given. */
    user_id: optionalName,
    agent_id: optionalName,
    app_id: optionalName,
    group_ids: z.optional(z.nullable(z.array(boundedText(255)).check(z.maxLength(100)))),
  })
  .check(
    z.refine((body) => scopes.some((scope) => (body[scope]?.length ?? 0) > 0), {
      error: `needs at least one of ${scopes.join(", ")}`,
    }),
    z.refine((body) => body.action != null || (body.entities?.length ?? 0) > 0, {
      error: "needs an action or entities",
    }),
    z.refine(({ include }) => include == null || new Set(include).size === include.length, {
      path: ["include"],
      error: "must not repeat a type",
    }),
  );
/** What a client sends to recall lessons. */
export interface TriggerRequest extends z.input<typeof triggerRequestWire> {}
