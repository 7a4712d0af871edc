import { check } from "../check.ts";
import { expectAnswer, expectThat, expectValue } from "../expect.ts";
import { containing, filledText, listOf, matching, oneOf } from "../pattern.ts";
import { callWithKey, importBatch, need, sendBatch, uuidOf } from "../prepare.ts";
import { batchError, batchJob, listedMemory } from "./documents.ts";

const unknownId = "job_00000000000000000000000000000000";

export const importChecks = [
  check(
    "batch.imports.created",
    "`POST /v1/batch` answers 202 with the job, all counts zero except `received`.",
    async (site) => {
      const memories = [
        { content: "Likes tea.", user_id: site.user },
        { content: "Likes chess.", user_id: site.user },
      ];
      const status = oneOf("pending", "processing");
      expectValue("body", await sendBatch(site, memories), {
        ...batchJob,
        status,
        received: 2,
        failed: 0,
        errors: [],
      });
    },
  ),
  check("batch.imports.readable", "A batch can be read by its id at once.", async (site) => {
    const { id } = await sendBatch(site, [{ content: "Likes tea.", user_id: site.user }]);
    expectAnswer(await site.batch(`GET /v1/batch/${id}`), 200, { ...batchJob, id, received: 1 });
  }),
  check(
    "batch.imports.completed",
    "A batch ends with the status `completed` and the number of imported memories.",
    async (site) => {
      const memories = ["tea", "chess", "rain"].map((thing) => ({
        content: `Likes ${thing}.`,
        user_id: site.user,
      }));
      const counts = { received: 3, imported: 3, failed: 0, errors: [] } as const;
      expectValue("batch", await importBatch(site, memories), {
        ...batchJob,
        status: "completed",
        ...counts,
      });
    },
  ),
  check(
    "batch.imports.empty-item",
    "An item with empty `content` fails alone, with its index and the error 'content must not be empty'.",
    async (site) => {
      const memories = ["One.", "", "Two.", "  "].map((content) => ({ content, user_id: site.user }));
      const errors = [1, 3].map((index) => ({ index, error: "content must not be empty" }));
      const counts = { received: 4, imported: 2, failed: 2 } as const;
      expectValue("batch", await importBatch(site, memories), {
        ...batchJob,
        status: "completed",
        ...counts,
        errors,
      });
    },
  ),
  check("batch.imports.stored", "An imported memory can be listed with all that was sent.", async (site) => {
    const item = {
      content: "Plays the harp.",
      user_id: site.user,
      agent_id: site.agent,
      run_id: "run.one",
      metadata: { nested: { list: [1, null, "two"] } },
    };
    await importBatch(site, [item]);
    const answer = await site.batch(`GET /v1/memories?user_id=${site.user}`);
    expectAnswer(answer, 200, { memories: [{ ...listedMemory, ...item }], total: 1 });
  }),
  check("batch.imports.null-fields", "The optional fields of an item may be null.", async (site) => {
    const item = { content: "Likes rain.", agent_id: null, run_id: null, metadata: null, timestamp: null };
    expectValue("batch", await importBatch(site, [{ ...item, user_id: site.user }]), {
      imported: 1,
      failed: 0,
    });
  }),
  check("batch.imports.timestamps", "An item's `timestamp` may be a date or a datetime.", async (site) => {
    const times = ["2026-03-01", "2026-03-01T14:30:00Z", "2026-03-01T14:30:00+02:00"];
    const memories = times.map((timestamp) => ({
      content: `Met at ${timestamp}.`,
      user_id: site.user,
      timestamp,
    }));
    expectValue("batch", await importBatch(site, memories), { imported: 3, failed: 0 });
  }),
  check(
    "batch.imports.bad-timestamp",
    "An unreadable `timestamp` in an item refuses the batch; the message names the place.",
    async (site) => {
      const memories = [{ content: "One." }, { content: "Two.", timestamp: "yesterday" }];
      const sentence =
        "memories[1].timestamp 'yesterday' is not an ISO 8601 date or datetime (e.g. '2026-03-01' or '2026-03-01T14:30:00Z')";
      expectAnswer(
        await site.batch("POST /v1/batch", { memories }),
        422,
        batchError("invalid_request", containing(sentence)),
      );
    },
  ),
  check(
    "batch.imports.unknown-key",
    "An unknown key of an item refuses the batch; the message names the place.",
    async (site) => {
      const memories = [{ content: "One." }, { content: "Two.", colour: "red" }];
      const place = matching(
        /memories\[1\].*colour|colour.*memories\[1\]/,
        "a message with memories[1] and colour",
      );
      expectAnswer(
        await site.batch("POST /v1/batch", { memories }),
        422,
        batchError("invalid_request", place),
      );
    },
  ),
  check(
    "batch.imports.sizes",
    "A batch without items, with 501, or without a list is 422 `invalid_request`.",
    async (site) => {
      const memories = Array.from({ length: 501 }, () => ({ content: "Likes tea." }));
      for (const body of [{ memories: [] }, { memories }, {}, { memories: "all" }]) {
        expectAnswer(await site.batch("POST /v1/batch", body), 422, batchError("invalid_request"));
      }
    },
  ),
  check(
    "batch.imports.long-id",
    "An item with an id of more than 255 characters is not stored: the item or the whole batch is refused.",
    async (site) => {
      for (const field of ["user_id", "agent_id", "run_id"]) {
        const memories = [{ content: "Likes tea.", user_id: site.user, [field]: "x".repeat(256) }];
        const answer = await site.batch("POST /v1/batch", { memories });
        if (answer.status === 422) {
          expectAnswer(answer, 422, batchError("invalid_request", containing(field)));
          continue;
        }
        const failure = { index: 0, error: containing(field) } as const;
        expectValue("batch", await importBatch(site, memories), {
          imported: 0,
          failed: 1,
          errors: [failure],
        });
      }
    },
  ),
  check(
    "batch.imports.spellings",
    "A job id may be a UUID or in upper case; the answer always has `job_<hex>`.",
    async (site) => {
      const { id } = await sendBatch(site, [{ content: "Likes tea.", user_id: site.user }]);
      const uuid = uuidOf(id);
      for (const spelling of [uuid, uuid.toUpperCase(), id.toUpperCase().replace("JOB", "job")]) {
        expectAnswer(await site.batch(`GET /v1/batch/${spelling}`), 200, { ...batchJob, id });
      }
    },
  ),
  check(
    "batch.imports.unknown-id",
    "An unknown or malformed job id is 404 `not_found`.",
    async ({ batch }) => {
      for (const id of [unknownId, "job_1", "mem_00000000000000000000000000000000", "x"]) {
        expectAnswer(await batch(`GET /v1/batch/${id}`), 404, batchError("not_found"));
      }
    },
  ),
  check(
    "batch.imports.foreign-id",
    "Another organisation's job looks as if it did not exist.",
    async (site) => {
      const other = callWithKey(site, need(site.target.otherKey, "a key of another organisation"));
      const { id } = await sendBatch(site, [{ content: "Likes tea.", user_id: site.user }]);
      const [foreign, unknown] = [
        await other(`GET /v1/batch/${id}`),
        await other(`GET /v1/batch/${unknownId}`),
      ];
      expectAnswer(foreign, 404, batchError("not_found"));
      expectThat(foreign.text === unknown.text, `the body ${unknown.text}`, foreign.text);
    },
  ),
  check("batch.imports.facts", "The facts of imported memories are mined.", async (site) => {
    await importBatch(site, [{ content: "I live in Oslo.", user_id: site.user }]);
    await site.until("a fact about Oslo", async () => {
      const answer = await site.batch(`GET /v1/facts?user_id=${site.user}`);
      const { facts } = expectAnswer(answer, 200, { facts: listOf({ object: filledText }) });
      return facts.some(({ object }) => object.includes("Oslo")) || undefined;
    });
  }),
];
