// npm run eval -- FILE: measures what the extractor remembers, prints a table, and writes it to results.json and
// README.md. For a file of long conversations with questions, it measures only which messages a search finds.
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { createExtractor } from "../src/pipeline/extract/extractors.ts";
import { readConversations, speakersOf } from "./conversations.ts";
import { readLongConversations } from "./long-conversations/conversation.ts";
import { reportLongConversations } from "./long-conversations/run.ts";
import { judgeBlindPairs, judgeMindChanges, outcomes, type JudgedPair } from "./mind-changes.ts";
import { measureRecall } from "./recall.ts";
import { measureRecovery, rememberSpeakers } from "./recovery.ts";
import { linesOf, tableOfLines, type Figures, type OutcomeFigures } from "./report.ts";
import { measureMessagesPerSecond } from "./speed.ts";

// oxlint-disable-next-line node/no-process-env -- the file to read is not a setting of the server
const path = process.argv[2] ?? process.env["MEMLANE_EVAL_DATA"];
if (path === undefined) {
  console.error("Say which conversations to read: npm run eval -- FILE, or MEMLANE_EVAL_DATA=FILE.");
  console.error("packages/server/eval/README.md describes the file and where to get one.");
  process.exit(2);
}

const longConversations = await readLongConversations(path);
if (longConversations !== undefined) {
  await reportLongConversations(longConversations);
  process.exit(0);
}

const conversations = await readConversations(path);
const speakers = speakersOf(conversations);
const extractor = createExtractor(readEnvironment().extractors);

const known = await rememberSpeakers(extractor, speakers);
const messagesPerSecond = await measureMessagesPerSecond(extractor, speakers);
const pairs = await judgeMindChanges(extractor);
const blind = await judgeBlindPairs(extractor);
const figures: Figures = {
  extractor: extractor.name,
  conversations: conversations.length,
  statements: speakers.reduce((sum, { persona }) => sum + persona.length, 0),
  recovery: measureRecovery(known),
  recall: await measureRecall(known),
  mindChanges: outcomes.map((outcome) => countOf(outcome, pairs)),
  blindMindChanges: blind.map(({ name, pairs: judged }) => ({
    name,
    outcomes: outcomes.map((outcome) => countOf(outcome, judged)).filter(({ pairs: count }) => count > 0),
  })),
  messagesPerSecond,
};

// Hidden pairs are never printed, so that nobody writes rules for them.
const shown = [...pairs, ...blind.filter(({ isShown }) => isShown).flatMap(({ pairs: judged }) => judged)];
for (const { result, topic, outcome, before, after } of shown) {
  if (result !== "right") console.log(`${result}: ${topic}, ${outcome}: "${before}" / "${after}"`);
}
const table = tableOfLines(linesOf(figures));
const machine = {
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  node: process.version,
};
const setting = `${machine.date}, extractor \`${figures.extractor}\`, ${figures.conversations} conversations, ${figures.statements} statements, Node.js ${machine.node.slice(1)}:`;
console.log(`\n${setting}\n\n${table}`);
await writeFile(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ machine, figures, lines: linesOf(figures) }, null, 2)}\n`,
);
const readme = new URL("README.md", import.meta.url);
const marked = /(?<=<!-- measured -->\n).*(?=<!-- end -->)/s;
await writeFile(
  readme,
  (await readFile(readme, "utf8")).replace(marked, () => `\n${setting}\n\n${table}\n\n`),
);

function countOf(outcome: OutcomeFigures["outcome"], all: readonly JudgedPair[]): OutcomeFigures {
  const judged = all.filter((pair) => pair.outcome === outcome);
  return {
    outcome,
    pairs: judged.length,
    right: judged.filter(({ result }) => result === "right").length,
    wrongMerges: judged.filter(({ result }) => result === "wrong merge").length,
  };
}
