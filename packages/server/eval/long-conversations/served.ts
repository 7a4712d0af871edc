// Asks a server the same questions: sends it the conversations like a client, and uses its search.
import { parseJson } from "@memlane/core/internal";
import * as z from "zod/mini";
import { openApp } from "../../src/app.ts";
import { withStore } from "../../bench/store.ts";
import { readMigrations } from "../../src/database/read-migrations.ts";
import { readEnvironment } from "../../src/settings/read-environment.ts";
import { createLogger } from "../../src/logging/logger.ts";
import { mostResults } from "./baselines.ts";
import type { LongConversation } from "./conversation.ts";
import type { Ask } from "./result.ts";

const key = "a-key-for-evaluation";
const source = z.object({ source_event_ids: z.array(z.string()) });
const memory = z.object({ text: z.string(), details: source });
const found = z.object({ data: z.array(memory) });
const page = z.object({ data: z.array(memory), has_more: z.boolean(), next_cursor: z.nullable(z.string()) });
const ended = z.object({ status: z.literal("succeeded") });

/** A conversation that a server has remembered. */
export interface Served {
  readonly ask: Ask;
  /** The messages from which something was stored. */
  readonly storedDiaIds: ReadonlySet<string>;
}

/** The kinds of memory to search for. @default all */
export type Include = readonly ["fact"] | undefined;

/** Runs `work` with a server that remembers all sessions of the conversations, each conversation as a user. */
export async function withServed<Answer>(
  conversations: readonly LongConversation[],
  include: Include,
  work: (servedOf: ReadonlyMap<string, Served>) => Promise<Answer>,
): Promise<Answer> {
  return withStore(async ({ database }) => {
    const settings = readEnvironment({ MEMLANE_BOOTSTRAP_KEYS: `eval:${key}` });
    const app = await openApp({
      database,
      migrations: await readMigrations(),
      settings,
      log: createLogger("silent"),
    });
    const call = async <Schema extends z.core.$ZodType>(schema: Schema, route: string, body?: unknown) => {
      const [method = "GET", path] = route.split(" ");
      const response = await app.fetch(
        new Request(`http://localhost${path}`, {
          method,
          headers: { "x-api-key": key, "x-org-id": "eval", "content-type": "application/json" },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
      return z.parse(schema, parseJson(await response.text()));
    };
    try {
      const servedOf = new Map<string, Served>();
      for (const { id: user_id, sessions } of conversations) {
        for (const { id: conv_id, date, turns } of sessions) {
          const messages = turns.map(({ speaker: role, text: content, dia_id }) => ({
            role,
            content,
            date,
            dia_id,
          }));
          await call(ended, "POST /v1/memories?wait=30", { messages, user_id, conv_id });
        }
        servedOf.set(user_id, {
          storedDiaIds: new Set([
            ...(await listDiaIds(call, user_id, "fact")),
            ...(await listDiaIds(call, user_id, "episode")),
          ]),
          ask: async (query) => {
            const { data } = await call(found, "POST /v1/memories/search", {
              query,
              user_id,
              limit: mostResults,
              mode: "retrieve",
              ...(include !== undefined && { include }),
            });
            return data.map(({ text, details }) => ({ text, diaIds: details.source_event_ids }));
          },
        });
      }
      await database.query("analyze");
      return await work(servedOf);
    } finally {
      await app.close();
    }
  });
}

async function listDiaIds(
  call: (schema: typeof page, route: string) => Promise<z.output<typeof page>>,
  userId: string,
  type: "fact" | "episode",
): Promise<readonly string[]> {
  const diaIds: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = new URLSearchParams({
      user_id: userId,
      type,
      limit: "500",
      ...(cursor !== "" && { cursor }),
    }).toString();
    const { data, next_cursor } = await call(page, `GET /v1/memories?${query}`);
    diaIds.push(...data.flatMap(({ details }) => details.source_event_ids));
    cursor = next_cursor;
  }
  return diaIds;
}
