import { check, type Site } from "../check.ts";
import { expectAnswer, expectThat } from "../expect.ts";
import { count, listOf, nullable, oneOf, text, timestamp } from "../pattern.ts";
import { write } from "../prepare.ts";
import { memoryId } from "./documents.ts";

const event = {
  memory_id: memoryId,
  user_id: nullable(text),
  agent_id: nullable(text),
  status: oneOf("processing", "ready", "error"),
  created_at: timestamp,
} as const;

const list = async ({ batch, user }: Site, query = "") =>
  expectAnswer(await batch(`GET /v1/events?user_id=${user}${query}`), 200, {
    events: listOf(event),
    processing: count,
  });

export const eventChecks = [
  check(
    "batch.events.shape",
    "`GET /v1/events` answers an event for each write, and the number being mined.",
    async (site) => {
      const { id } = await write(site, "I live in Oslo.", { agent_id: site.agent });
      const answer = await site.batch(`GET /v1/events?user_id=${site.user}`);
      const expected = {
        ...event,
        memory_id: id,
        user_id: site.user,
        agent_id: site.agent,
        status: "ready",
      } as const;
      expectAnswer(answer, 200, { events: [expected], processing: 0 });
    },
  ),
  check("batch.events.newest", "Events are newest first.", async (site) => {
    const ids = [];
    for (const content of ["One.", "Two.", "Three."]) ids.unshift((await write(site, content)).id);
    const { events } = await list(site);
    expectThat(
      events.map(({ memory_id }) => memory_id).join() === ids.join(),
      `the order ${ids.join()}`,
      events,
    );
  }),
  check("batch.events.status", "`status` narrows the events before `limit` is applied.", async (site) => {
    for (const content of ["One.", "Two."]) await write(site, content);
    const ready = await list(site, "&status=ready&limit=1");
    expectThat(ready.events.length === 1, "one event", ready.events);
    const failed = await list(site, "&status=error");
    expectThat(failed.events.length === 0, "no event with the status error", failed.events);
  }),
  check(
    "batch.events.processing",
    "`processing` counts the writes of the user that are being mined, until it is 0.",
    async (site) => {
      await site.batch("POST /v1/memories", { content: "I live in Oslo.", user_id: site.user });
      const { events, processing } = await list(site, "&status=processing");
      expectThat(events.length === processing, `as many events as the count ${processing}`, events);
      await site.until("processing is 0", async () =>
        (await list(site)).processing === 0 ? true : undefined,
      );
    },
  ),
  check("batch.events.limit", "`limit` is 50 by default and at most 200.", async (site) => {
    await Promise.all(Array.from({ length: 52 }, (_, index) => write(site, `Note number ${index}.`)));
    for (const [query, length] of [
      ["", 50],
      ["&limit=200", 52],
      ["&limit=1", 1],
    ] as const) {
      const { events } = await list(site, query);
      expectThat(events.length === length, `${length} events`, events.length);
    }
  }),
];
