// Measures recall over long conversations, prints it, and writes it to README.md.
import { readFile, writeFile } from "node:fs/promises";
import { createPairSearch, createRawMessageSearch } from "./baselines.ts";
import type { LongConversation } from "./conversation.ts";
import { findLosses, type Losses } from "./losses.ts";
import { measure, type Measures } from "./measure.ts";
import { printReport } from "./report.ts";
import type { Ask } from "./result.ts";
import { withServed, type Include } from "./served.ts";

/** Measures, and writes the report. */
export async function reportLongConversations(conversations: readonly LongConversation[]): Promise<void> {
  const measures = new Map<string, Measures>();
  let losses: Losses | undefined;
  const measureServed = (name: string, include: Include) =>
    withServed(conversations, include, async (servedOf) => {
      const asked = questionsOf(conversations, ({ id }) => servedOf.get(id)!);
      measures.set(name, await measure(asked.map(({ question, of }) => ({ question, ask: of.ask }))));
      if (include === undefined)
        losses = await findLosses(asked.map(({ question, of }) => ({ question, served: of })));
    });
  await measureServed("Memlane", undefined);
  await measureServed("Memlane, facts alone", ["fact"]);
  const baseline = async (name: string, askOf: (conversation: LongConversation) => Ask) =>
    measures.set(
      name,
      await measure(questionsOf(conversations, askOf).map(({ question, of: ask }) => ({ question, ask }))),
    );
  await baseline("BM25 over messages", createRawMessageSearch);
  await baseline("BM25 over pairs", createPairSearch);

  const questions = conversations.reduce((sum, each) => sum + each.questions.length, 0);
  const setting = `${new Date().toISOString().slice(0, 10)}, ${conversations.length} conversations, ${questions} questions:`;
  const report = `${setting}\n\n${printReport({ measures, losses: losses! })}`;
  console.log(report);
  const readme = new URL("README.md", import.meta.url);
  const marked = /(?<=<!-- measured -->\n).*(?=<!-- end -->)/s;
  await writeFile(
    readme,
    (await readFile(readme, "utf8")).replace(marked, () => `\n${report}\n\n`),
  );
}

/** Each question, with the value that `make` returns for its conversation. `make` runs once per conversation. */
function questionsOf<Of>(
  conversations: readonly LongConversation[],
  make: (conversation: LongConversation) => Of,
) {
  return conversations.flatMap((conversation) => {
    const of = make(conversation);
    return conversation.questions.map((question) => ({ question, of }));
  });
}
