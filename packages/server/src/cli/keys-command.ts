import { InvalidArgumentError, Option, type Command } from "commander";
import { recordByOperator } from "../audit/record-by-operator.ts";
import { messageOf } from "../base/message-of.ts";
import { createKeyAs } from "../keys/create-key.ts";
import { rotateKey } from "../keys/rotate-key.ts";
import { parseScope } from "../settings/bootstrap-keys.ts";
import { listApiKeys, revokeApiKey, scopes, type Scope } from "../store/api-keys.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printRow, printToStderr } from "./output.ts";
import { settingOption } from "./setting-option.ts";

interface CreateFlags extends DatabaseFlags {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly user?: string;
}

interface RotateFlags extends DatabaseFlags {
  readonly keepOld?: boolean;
}

const help = `
These commands work while the server runs, and without it. Use the --data or DATABASE_URL of the server.

Examples:
  $ memlane-server keys create acme --name laptop
  $ memlane-server keys create acme --name reports --scopes memories:read
  $ memlane-server keys create acme --name phone --user ada
  $ memlane-server keys create acme --name console --scopes operator,memories:read,memories:write
  $ memlane-server keys list
  $ memlane-server keys rotate 01a200c9-4fce-7044-bb16-c94b4c485862
  $ memlane-server keys revoke 01a200c9-4fce-7044-bb16-c94b4c485862`;

/** Adds `memlane-server keys` to the program. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command("keys")
    .description("create, list, rotate and revoke API keys")
    .addHelpText("after", help);
  keys
    .command("create")
    .description("create a key and print it; it is shown only this once, because only its hash is stored")
    .argument("<org>", "id of the organisation; it is created if it does not exist")
    .option("--name <name>", "what the key is for", "cli")
    .addOption(
      new Option(
        "--scopes <scopes>",
        "what the key may do, separated by commas; with operator, in every organisation",
      )
        .argParser(parseScopes)
        .default([...scopes], scopes.join(",")),
    )
    .option("--user <id>", "the only user that the key acts for; without this, it acts for all users")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((orgId: string, flags: CreateFlags) =>
      onDatabase(flags, async (database) => {
        const { id, key, isNewOrg } = await createKeyAs(database, {
          orgId,
          name: flags.name,
          scopes: flags.scopes,
          userId: flags.user ?? null,
        });
        if (isNewOrg) await recordByOperator(database, { orgId, action: "tenant_create", targetId: orgId });
        await recordByOperator(database, { orgId, action: "key_create", targetId: id });
        printRow(key);
        const user = flags.user === undefined ? "" : `, only for the user ${flags.user}`;
        printToStderr(`Key ${id} of ${orgId} (${flags.scopes.join(", ")}${user}). It is not shown again.`);
      }),
    );
  keys
    .command("list")
    .description(
      "print a line for each key: id, organisation, name, last characters, scopes, state, last use, user",
    )
    .addOption(settingOption("MEMLANE_DATA"))
    .action((flags: DatabaseFlags) =>
      onDatabase(flags, async (database) => {
        for (const key of await listApiKeys(database)) {
          const { id, orgId, name, hint, userId, lastUsedAt, revokedAt } = key;
          const state = revokedAt === null ? "active" : `revoked ${revokedAt.toISOString()}`;
          const use = lastUsedAt === null ? "never used" : `used ${lastUsedAt.toISOString()}`;
          printRow(id, orgId, name, `…${hint}`, key.scopes.join(","), state, use, userId ?? "all users");
        }
      }),
    );
  keys
    .command("rotate")
    .description("replace a key with a new one of the same name, scopes and user, and print it")
    .argument("<id>", "id of the key; 'memlane-server keys list' prints it")
    .option("--keep-old", "the old key stays valid until you revoke it")
    .addOption(settingOption("MEMLANE_DATA"))
    .action((id: string, { keepOld = false, ...flags }: RotateFlags) =>
      onDatabase(flags, async (database) => {
        const { old, created } = await rotateKey(database, { id, keepsOld: keepOld });
        const { orgId } = old;
        await recordByOperator(database, { orgId, action: "key_create", targetId: created.id });
        if (!keepOld) await recordByOperator(database, { orgId, action: "key_revoke", targetId: id });
        printRow(created.key);
        const end = keepOld
          ? `'memlane-server keys revoke ${id}' ends the old one.`
          : "The old one is revoked.";
        printToStderr(`Key ${created.id} replaces ${old.name} of ${orgId}. It is not shown again. ${end}`);
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
        printToStderr(`Revoked ${revoked.name} of ${revoked.orgId}.`);
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
