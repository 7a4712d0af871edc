// Measures how fast real conversations become memories, compared with the sum of what they cannot do without: reading the texts on
// the threads, and bare multi-row inserts of the same messages and memories.
import { connectPostgres } from "../src/database/postgres.ts";
import { createLogger } from "../src/logging/logger.ts";
import { startPipelineThreads } from "../src/pipeline-threads/start-threads.ts";
import { readConversations, speakersOf } from "../eval/conversations.ts";
import { durationMs, inTurns, ratePerSecond } from "./clock.ts";
import { openHttpLoad } from "./http-load.ts";
import { startServer } from "./server-process.ts";
import { untilAllJobsEnded, type BenchStore } from "./store.ts";
import { orgId, printPost } from "./wire.ts";

const clients = 16;
const insertsInFlight = 4; // the number of a worker's places

/** Conversations per second. */
export interface ConversationFigures {
  /** From the first POST to the end of the last job. */
  readonly ours: number;
  /** Only reading the texts. */
  readonly extraction: number;
  /** Only inserting the rows. */
  readonly inserts: number;
  readonly messagesEach: number;
  readonly memoriesEach: number;
}

/** Measures with the conversations of a file, which has the form that `npm run eval` reads. Each round has new users. */
export async function measureConversations(
  { url }: BenchStore,
  file: string,
  count: number,
): Promise<ConversationFigures> {
  const speakers = speakersOf(await readConversations(file));
  const conversations = Array.from({ length: count }, (_, index) => speakers[index % speakers.length]!);
  const log = createLogger("silent");
  const server = await startServer("serve", url);
  const load = await openHttpLoad(server.url, clients);
  const database = connectPostgres({ url, log });
  const threads = startPipelineThreads({}, log);
  const { signal } = new AbortController();
  let round = 0;

  const ours = async () => {
    round += 1;
    const posts = conversations.map(({ messages }, index) =>
      printPost("/v1/memories", { messages, user_id: `${round}/${index}`, conv_id: `${round}/${index}` }),
    );
    const tookMs = await durationMs(async () => {
      await ratePerSecond(count, clients, (index) => load.ask(posts[index]!, 202));
      await untilAllJobsEnded(database);
    });
    return (count / tookMs) * 1000;
  };
  await ours();
  const rows = await readRows();

  const rates = await inTurns(3, {
    ours,
    extraction: () =>
      ratePerSecond(count, clients, (index) =>
        threads.read(
          {
            messages: conversations[index]!.messages,
            timestampFormat: null,
            userId: null,
            arrivedAt: new Date(0),
          },
          { keepsMessages: true, signal },
        ),
      ),
    inserts: () => ratePerSecond(count, insertsInFlight, (index) => insertRows(rows[index % rows.length]!)),
  });
  await threads.close();
  await database.close();
  load.close();
  await server.stop();
  const sum = (of: (row: Rows) => number) => rows.reduce((total, row) => total + of(row), 0) / rows.length;
  return {
    ...rates,
    messagesEach: sum((row) => row.messageCount),
    memoriesEach: sum((row) => row.memoryCount),
  };

  /** What the first round stored for each conversation, as JSON. */
  function readRows(): Promise<Rows[]> {
    return database.query<Rows>(
      `select episode.id as "episodeId", messages::text, coalesce(memories, '[]')::text as memories,
         jsonb_array_length(messages)::integer as "messageCount",
         jsonb_array_length(coalesce(memories, '[]'))::integer as "memoryCount"
       from memlane.episode join (
         select episode_id, jsonb_agg(to_jsonb(message)) as messages from memlane.message group by episode_id
       ) as said on episode_id = episode.id left join (
         select conversation_id, jsonb_agg(to_jsonb(memory)) as memories from memlane.memory group by conversation_id
       ) as stored using (conversation_id)
       where org_id = $1`,
      [orgId],
    );
  }

  function insertRows({ episodeId, messages, memories }: Rows): Promise<unknown> {
    return database.query(
      {
        name: "bare rows",
        text: `with message as (
            insert into memlane.message (id, org_id, episode_id, position, user_id, speaker, text, digest, search)
            select gen_random_uuid(), '${orgId}', $1, position, user_id, speaker, text, gen_random_uuid(), search
            from jsonb_to_recordset($2) as row (position integer, user_id text, speaker text, text text, search tsvector)
          )
          insert into memlane.memory (id, org_id, type, text, user_id, conversation_id, fact_type)
          select gen_random_uuid(), '${orgId}', type, text, user_id, conversation_id, fact_type
          from jsonb_to_recordset($3) as row (type text, text text, user_id text, conversation_id text, fact_type text)`,
      },
      [episodeId, messages, memories],
    );
  }
}

/** The rows of one conversation. */
interface Rows {
  readonly episodeId: string;
  /** Arrays in JSON. */
  readonly messages: string;
  readonly memories: string;
  readonly messageCount: number;
  readonly memoryCount: number;
}
