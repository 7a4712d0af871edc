import { Option, type Command } from "commander";
import {
  readRedactionSettings,
  redactionScopes,
  saveRedactionSettings,
  usualRedaction,
  type RedactionSettings,
} from "../store/redaction-settings.ts";
import { noSuchOrg } from "./no-such-org.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printRow } from "./output.ts";
import { settingOption } from "./setting-option.ts";

const help = `
Before a text is stored, each match is replaced by its kind, such as '[redacted: github_token]':
  conversations  in the messages of conversations
  everywhere     also in memories that are stored as they are: in their content and metadata
  nowhere        in no text
Default: secrets ${usualRedaction.secrets}, personal data ${usualRedaction.personalData}.
Without options, the command prints the settings.
A change takes effect within a second, for texts that are sent after it.

Examples:
  $ memlane-server orgs redaction acme
  $ memlane-server orgs redaction acme --secrets everywhere --personal-data conversations`;

/** Adds `memlane-server orgs redaction` to the commands about organisations. */
export function addRedactionCommand(orgs: Command): void {
  orgs
    .command("redaction")
    .description("show or change where secrets and personal data of an organisation are replaced")
    .argument("<org>", "id of the organisation")
    .addOption(
      new Option(
        "--secrets <where>",
        "where to replace keys, tokens, passwords in URLs and card numbers",
      ).choices(redactionScopes),
    )
    .addOption(
      new Option(
        "--personal-data <where>",
        "where to replace e-mail addresses, phone numbers and IBANs",
      ).choices(redactionScopes),
    )
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action((orgId: string, { data, ...changes }: Partial<RedactionSettings> & DatabaseFlags) =>
      onDatabase({ data }, async (database) => {
        const saved =
          Object.keys(changes).length > 0
            ? await saveRedactionSettings(database, orgId, changes)
            : await readRedactionSettings(database, orgId);
        if (saved === undefined) throw noSuchOrg(orgId);
        printRow("secrets", saved.secrets);
        printRow("personal-data", saved.personalData);
      }),
    );
}
