import { MemlaneError, type FactWire, type WrittenFactWire } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { describeFact } from "./describe-fact.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { print, printToStderr } from "./output.ts";
import { printList } from "./print-list.ts";
import { wholeNumber } from "./whole-number.ts";

interface FactFlags extends ConnectionFlags {
  readonly json?: true;
}

interface ListFlags extends FactFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly entity?: string;
  readonly family?: string;
  readonly asOf?: string;
  readonly all?: true;
  readonly limit: number;
}

interface AddFlags extends FactFlags {
  readonly userId?: string;
  readonly agentId?: string;
  readonly validFrom?: string;
}

interface CorrectFlags extends FactFlags {
  readonly subject?: string;
  readonly predicate?: string;
  readonly object?: string;
}

interface ForgetFlags extends FactFlags {
  readonly at?: string;
}

const help = `
A fact has a subject, a predicate and an object. The subject "self" is the user.

Exit status: 0 done, 1 the fact does not exist or is no longer true, 2 the command failed.

Examples:
  $ memlane facts --user-id ann
  $ memlane facts list --user-id ann --as-of 2026-01-01
  $ memlane facts add self "works at" Acme --user-id ann
  $ memlane facts correct fct_019a2f3c4d5e7f60a1b2c3d4e5f60718 --object "Acme Labs"
  $ memlane facts forget fct_019a2f3c4d5e7f60a1b2c3d4e5f60718 --at 2026-03-01`;

/** Adds `memlane facts` to the program. */
export function addFactsCommand(program: Command, finish: (code: ExitCode) => void): void {
  const facts = program
    .command("facts")
    .description("list, add, correct and forget facts")
    .addHelpText("after", help);
  withConnectionFlags(addDefaultCommand(facts, "list").description("list facts, newest first"))
    .option("--user-id <user>", "only facts of this user")
    .option("--agent-id <agent>", "only facts of this agent")
    .option("--entity <name>", "only facts with this subject or object")
    .option("--family <family>", "only facts of this kind, such as employment or location")
    .option("--as-of <time>", "facts that were true at this time")
    .option("--all", "also facts that are no longer true")
    .option("--limit <facts>", "largest number of facts", wholeNumber, 50)
    .option("--json", "print each fact as JSON, one a line")
    .action(async (flags: ListFlags) => finish(await runList(flags)));
  withConnectionFlags(
    facts
      .command("add")
      .description("add a fact; facts that it contradicts are no longer true")
      .argument("<subject>", "whom or what it is about; self for the user")
      .argument("<predicate>", 'such as "works at"')
      .argument("<object>", "such as Acme"),
  )
    .option("--user-id <user>", "the user whose fact it is")
    .option("--agent-id <agent>", "the agent that adds it")
    .option("--valid-from <time>", "when it became true (default: now)")
    .option("--json", "print the fact as JSON")
    .action(async (subject: string, predicate: string, object: string, flags: AddFlags) =>
      finish(await runAdd({ subject, predicate, object }, flags)),
    );
  withConnectionFlags(
    facts
      .command("correct")
      .description("correct a fact; a new fact replaces it")
      .argument("<fact>", "id of the fact"),
  )
    .option("--subject <subject>", "the right subject")
    .option("--predicate <predicate>", "the right predicate")
    .option("--object <object>", "the right object")
    .option("--json", "print the new fact as JSON")
    .action(async (id: string, flags: CorrectFlags) => finish(await runCorrect(id, flags)));
  withConnectionFlags(
    facts
      .command("forget")
      .description("say that a fact stopped being true")
      .argument("<fact>", "id of the fact"),
  )
    .option("--at <time>", "when it stopped being true (default: now)")
    .option("--json", "print the answer as JSON")
    .action(async (id: string, flags: ForgetFlags) => finish(await runForget(id, flags)));
}

async function runList(flags: ListFlags): Promise<ExitCode> {
  const { userId, agentId, entity, family, asOf, all, limit, json, ...connection } = flags;
  const facts = new MemoryClient(connection).facts.list({
    user_id: userId,
    agent_id: agentId,
    entity,
    predicate_family: family,
    as_of: asOf,
    ...(all && { include_invalidated: true }),
    limit: Math.min(limit, 200),
  });
  await printList(facts, { limit, json, describe: lineOf, textIfNone: "There are no such facts." });
  return exitCodes.done;
}

async function runAdd(
  triple: Readonly<Record<"subject" | "predicate" | "object", string>>,
  { userId: user_id, agentId: agent_id, validFrom: valid_from, json, ...connection }: AddFlags,
): Promise<ExitCode> {
  printWritten(
    await new MemoryClient(connection).facts.add({ ...triple, user_id, agent_id, valid_from }),
    json,
  );
  return exitCodes.done;
}

function runCorrect(
  id: string,
  { subject, predicate, object, json, ...connection }: CorrectFlags,
): Promise<ExitCode> {
  return changeFact(id, async () => {
    printWritten(await new MemoryClient(connection).facts.correct(id, { subject, predicate, object }), json);
  });
}

function runForget(id: string, { at, json, ...connection }: ForgetFlags): Promise<ExitCode> {
  return changeFact(id, async () => {
    const answer = await new MemoryClient(connection).facts.forget(id, at === undefined ? {} : { at });
    const was = answer.status === "already_forgotten" ? "was already forgotten" : "is forgotten";
    print(json ? JSON.stringify(answer) : `${id} ${was} (true until ${answer.invalid_at})`);
  });
}

/** Changes a fact. Prints one line if the fact does not exist or is no longer true. */
async function changeFact(id: string, change: () => Promise<void>): Promise<ExitCode> {
  try {
    await change();
    return exitCodes.done;
  } catch (error) {
    if (!MemlaneError.is(error) || (error.status !== 404 && error.code !== "fact_not_current")) throw error;
    const successor = error.currentFactId === undefined ? "" : `; ${error.currentFactId} replaced it`;
    printToStderr(`memlane: ${id}: ${describeError(error)}${successor}`);
    return exitCodes.failed;
  }
}

/** A fact in one line: its id, its statement, and when it is true. */
const lineOf = (fact: FactWire) => `${fact.id}  ${describeFact(fact)}`;

function printWritten(fact: WrittenFactWire, json: true | undefined): void {
  if (json) return print(JSON.stringify(fact));
  print(lineOf(fact));
  for (const id of fact.invalidated) print(`  replaces ${id}`);
}
