import { MemlaneError } from "@memlane/core";
import type { Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { describeError } from "./hint.ts";
import { checkKey, type KeyCheck } from "./key-check.ts";
import { print } from "./output.ts";

interface KeysFlags extends ConnectionFlags {
  readonly json?: true;
}

const help = `
Keys cannot be created, listed or revoked over HTTP, so a leaked key cannot create others. Do it on a machine
that can reach the database of the server:

  $ memlane-server keys create acme --name laptop --scopes memories:read
  $ memlane-server keys list
  $ memlane-server keys revoke <id>

This command only asks the server about your key. It changes nothing.

Exit status: 0 the server accepts the key, 1 it refuses the key, 2 it could not be asked.

Examples:
  $ memlane keys check
  $ memlane keys check --json | jq .scopes`;

/** Adds `memlane keys` to the program. */
export function addKeysCommand(program: Command, finish: (code: ExitCode) => void): void {
  const keys = program
    .command("keys")
    .description("check your API key, and learn how to create keys")
    .addHelpText("after", help);
  withConnectionFlags(
    addDefaultCommand(keys, "check")
      .description("show what the server allows the key to do")
      .addHelpText("after", help),
  )
    .option("--json", "print the answer as one JSON object")
    .action(async (flags: KeysFlags) => finish(await runCheck(flags)));
}

async function runCheck({ json, ...connection }: KeysFlags): Promise<ExitCode> {
  const check = await checkKey(new MemoryClient(connection)).catch((error: unknown) => {
    if (MemlaneError.is(error) && (error.status === 401 || error.code === "org_mismatch")) return error;
    throw error;
  });
  if (MemlaneError.is(check)) {
    print(
      json
        ? JSON.stringify({ accepted: false, code: check.code, message: check.message })
        : `The server refuses the key: ${describeError(check)}`,
    );
    return exitCodes.failed;
  }
  print(json ? JSON.stringify({ accepted: true, ...check }) : describeCheck(check));
  return exitCodes.done;
}

function describeCheck({ scopes, rate_limit: rateLimit }: KeyCheck): string {
  const may = scopes.length === 0 ? "The key has no scope for memories." : `It has ${scopes.join(" and ")}.`;
  return [
    "The server accepts the key.",
    may,
    ...(rateLimit === null
      ? []
      : [
          `${rateLimit.remaining} of ${rateLimit.limit} requests are left, for ${rateLimit.reset_seconds} s.`,
        ]),
  ].join("\n");
}
