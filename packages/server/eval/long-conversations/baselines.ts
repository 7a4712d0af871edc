// The results without a memory service: BM25 over the messages.
import { createBm25 } from "../bm25.ts";
import type { LongConversation } from "./conversation.ts";
import type { Ask } from "./result.ts";

export const mostResults = 100;

/** BM25 over the texts of the messages alone. */
export function createRawMessageSearch(conversation: LongConversation): Ask {
  return createSearch(
    conversation,
    ({ text }) => text,
    ({ text }) => text,
  );
}

/** BM25 over each message together with the one before it, the name of its speaker and its date. */
export function createPairSearch(conversation: LongConversation): Ask {
  const show = ({ speaker, date, text }: Said) => `${speaker}, ${date}: ${text}`;
  return createSearch(
    conversation,
    (said, before) => `${before === undefined ? "" : `${before.speaker}: ${before.text}`} ${show(said)}`,
    show,
  );
}

/** A message and the day on which it was said. */
interface Said {
  readonly diaId: string;
  readonly speaker: string;
  readonly text: string;
  readonly date: string;
}

function createSearch(
  { sessions }: LongConversation,
  index: (said: Said, before: Said | undefined) => string,
  show: (said: Said) => string,
): Ask {
  const documents = sessions.flatMap(({ date, turns }) => {
    const said = turns.map(({ dia_id: diaId, ...turn }) => ({ ...turn, diaId, date: dayOf(date) }));
    return said.map((each, at) => ({ each, indexed: index(each, said[at - 1]) }));
  });
  const search = createBm25(documents.map(({ indexed }) => indexed));
  return (question) =>
    search(question, mostResults).map((at) => {
      const { each } = documents[at]!;
      return { text: show(each), diaIds: [each.diaId] };
    });
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const dayOf = (date: string) => dayFormat.format(new Date(date));
