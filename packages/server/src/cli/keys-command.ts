import { InvalidArgumentError, Option, type Command } from "commander";
import { recordByOperator } from "../audit/record-by-operator.ts";
import { messageOf } from "../base/message-of.ts";
import { createKey } from "../keys/create-key.ts";
import { parseScope } from "../settings/bootstrap-keys.ts";
import { listApiKeys, revokeApiKey, scopes, type Scope } from "../store/api-keys.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printRow, tell } from "./output.ts";
import { settingOption } from "./setting-option.ts";

interface CreateFlags extends DatabaseFlags {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

const help = `
These commands work while the server runs, and without it. Use the --data or DATABASE_URL of the server.

Examples:
  $ memlane-server keys create acme --name laptop
  $ memlane-server keys create acme --name reports --scopes memories:read
  $ memlane-server keys list
  $ memlane-server keys revoke 01a200c9-4fce-7044-bb16-c94b4c485862`;

/** Adds `memlane-server keys` to the program. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command("keys")
    .description("create, list and revoke API keys")
    .addHelpText("after", help);
  keys
    .command("create")
    .description("create a key and print it; it is shown only this once, because only its hash is stored")
    .argument("<org>", "id of the organisation; it is created if it does not exist")
    .option("--name <name>", "what the key is for", "cli")
    .addOption(
      new Option("--scopes <scopes>", "what the key may do, separated by commas")
        .argParser(parseScopes)
        .default([...scopes], scopes.join(",")),
    )
    .addOption(settingOption("MEMLANE_DATA"))
    .action((orgId: string, flags: CreateFlags) =>
      onDatabase(flags, async (database) => {
        const { id, key } = await createKey(database, orgId, flags.name, flags.scopes);
        await recordByOperator(database, { orgId, action: "key_create", targetId: id });
        printRow(key);
        tell(`Key ${id} of ${orgId} (${flags.scopes.join(", ")}). It is not shown again.`);
      }),
    );
  keys
    .command("list")
    .description("print a line for each key: id, organisation, name, last characters, scopes, state")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((flags: DatabaseFlags) =>
      onDatabase(flags, async (database) => {
        for (const { id, orgId, name, hint, scopes: granted, revokedAt } of await listApiKeys(database)) {
          const state = revokedAt === null ? "active" : `revoked ${revokedAt.toISOString()}`;
          printRow(id, orgId, name, `…${hint}`, granted.join(","), state);
        }
      }),
    );
  keys
    .command("revoke")
    .description("revoke a key for ever")
    .argument("<id>", "id of the key; 'memlane-server keys list' prints it")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((id: string, flags: DatabaseFlags) =>
      onDatabase(flags, async (database) => {
        const revoked = await revokeApiKey(database, id);
        if (revoked === undefined) {
          throw new Error(`There is no key ${id}. 'memlane-server keys list' lists the keys.`);
        }
        await recordByOperator(database, { orgId: revoked.orgId, action: "key_revoke", targetId: id });
        tell(`Revoked ${revoked.name} of ${revoked.orgId}.`);
      }),
    );
}

function parseScopes(text: string): Scope[] {
  try {
    return text.split(",").map((scope) => parseScope(scope.trim()));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
