import { InvalidArgumentError, Option, type Command } from "commander";
import { limitVariables } from "../settings/read-environment.ts";
import { settingTable } from "../settings/setting-table.ts";
import {
  largestLimit,
  limitNames,
  readOwnLimits,
  saveOwnLimits,
  type LimitName,
  type Limits,
  type OwnLimits,
} from "../store/limits.ts";
import { noSuchOrg } from "./no-such-org.ts";
import { onDatabase, type DatabaseFlags } from "./on-database.ts";
import { printRow } from "./output.ts";
import { plainText } from "./plain-text.ts";
import { settingOption } from "./setting-option.ts";

/** A number, no limit, or the limit of the server's settings. */
type LimitChoice = number | "none" | "default";
type LimitChoices = Partial<Record<LimitName, LimitChoice>>;

const help = `
A limit is a number from 1, 'none' for no limit, or 'default' for the limit in the server's environment
(${Object.values(limitVariables).join(", ")}).
Without options, the command prints a line for each limit: name, value, and where the value is set.
A change takes effect within a second, in every process.

Examples:
  $ memlane-server orgs limits acme
  $ memlane-server orgs limits acme --writes-per-month 25000 --agents 3 --unfinished-batches 3
  $ memlane-server orgs limits acme --requests-per-minute none --agents default`;

/** Adds `memlane-server orgs limits` to the commands about organisations. */
export function addLimitsCommand(orgs: Command): void {
  const command = orgs
    .command("limits")
    .description("show or change the limits of an organisation")
    .argument("<org>", "id of the organisation");
  for (const name of limitNames) {
    const meaning = plainText(settingTable[limitVariables[name]].help);
    command.addOption(new Option(`--${flagOf(name)} <number>`, meaning).argParser(parseLimit));
  }
  command
    .addOption(settingOption("MEMLANE_DATA"))
    .addHelpText("after", help)
    .action((orgId: string, { data, ...choices }: LimitChoices & DatabaseFlags) =>
      onDatabase({ data }, async (database, settings) => {
        const changes = changesOf(choices);
        const own =
          Object.keys(changes).length > 0
            ? await saveOwnLimits(database, orgId, changes)
            : await readOwnLimits(database, orgId);
        if (own === undefined) throw noSuchOrg(orgId);
        printLimits(own, settings.limits);
      }),
    );
}

/** The flag of a limit, without its dashes: `writes-per-month`. */
function flagOf(name: LimitName): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The changes for the store: null is no limit, undefined the limit of the server's settings. */
function changesOf(choices: LimitChoices): Partial<Record<LimitName, number | null | undefined>> {
  const changes = Object.entries(choices).map(([name, choice]) => [
    name,
    choice === "none" ? null : choice === "default" ? undefined : choice,
  ]);
  return Object.fromEntries(changes);
}

function printLimits(own: OwnLimits, defaults: Limits): void {
  for (const name of limitNames) {
    const value = own[name] === undefined ? defaults[name] : own[name];
    const variable = limitVariables[name];
    const isDefault = defaults[name] === settingTable[variable].default;
    const origin = own[name] !== undefined ? "set" : isDefault ? "default" : variable;
    printRow(flagOf(name), value ?? "none", origin);
  }
}

// Commander treats null as an option without a value. So "no limit" stays a word until the command runs.
function parseLimit(text: string): LimitChoice {
  if (text === "default" || text === "none") return text;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= largestLimit) return number;
  throw new InvalidArgumentError(`It must be a number from 1 to ${largestLimit}, 'none' or 'default'.`);
}
