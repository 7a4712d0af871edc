// `memlane-server orgs limits`: what it takes, and what it shows.
import { InvalidArgumentError, Option } from "commander";
import { limitVariables } from "../environment.ts";
import { largestLimit, limitNames, type LimitName, type Limits, type OwnLimits } from "../store/limits.ts";

const meanings: Record<LimitName, string> = {
  requestsPerMinute: "requests that each key may make in a minute",
  writesPerMonth: "memories that may be stored in a calendar month (UTC)",
  agents: "agents that may have memories",
  unfinishedBatches: "batches that may be under way at a time",
  unfinishedJobs: "jobs that may be under way at a time, batches among them",
};

/** The flag of a limit, without its dashes: `writes-per-month`. */
const flagOf = (name: LimitName) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An option for each limit. */
export const limitOptions = limitNames.map((name) =>
  new Option(`--${flagOf(name)} <number>`, meanings[name]).argParser(parseLimit),
);

/** What the options hold: `default` is what the server's settings say. */
export type LimitChoices = Partial<Record<LimitName, number | "none" | "default">>;

/** What the options change: null is no limit, undefined what the server's settings say. */
export function changesOf(choices: LimitChoices): Partial<Record<LimitName, number | null | undefined>> {
  const changes = Object.entries(choices).map(([name, choice]) => [
    name,
    choice === "none" ? null : choice === "default" ? undefined : choice,
  ]);
  return Object.fromEntries(changes);
}

/** The text below the command's options. */
export const limitsHelp = `
A limit is a number from 1 on, 'none' for no limit, or 'default' for what the server's environment says
(${Object.values(limitVariables).join(", ")}; no limit where it says nothing).
Without options it shows the limits: name, value, and who says so. A change counts within a second, everywhere.

Examples:
  $ memlane-server orgs limits acme
  $ memlane-server orgs limits acme --writes-per-month 25000 --agents 3 --unfinished-batches 3
  $ memlane-server orgs limits acme --requests-per-minute none --agents default`;

/** The limits as lines of tab-separated values. */
export function printLimits(own: OwnLimits, defaults: Limits): string {
  return limitNames
    .map((name) => {
      const value = own[name] === undefined ? defaults[name] : own[name];
      const origin =
        own[name] !== undefined ? "set" : defaults[name] === null ? "default" : limitVariables[name];
      return `${[flagOf(name), value ?? "none", origin].join("\t")}\n`;
    })
    .join("");
}

// Commander takes null for an option that has no value, so "no limit" stays a word until the command runs.
function parseLimit(text: string): number | "none" | "default" {
  if (text === "default" || text === "none") return text;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= largestLimit) return number;
  throw new InvalidArgumentError(`It is a number from 1 to ${largestLimit}, 'none' or 'default'.`);
}
