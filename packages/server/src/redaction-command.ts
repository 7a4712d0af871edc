// `memlane-server orgs redaction`: what it takes, and what it shows.
import { Option } from "commander";
import { redactionScopes, usualRedaction, type RedactionSettings } from "./store/redaction-settings.ts";

/** An option for each of what can be replaced. */
export const redactionOptions = [
  new Option("--secrets <where>", "where keys, tokens, passwords in URLs and card numbers are replaced"),
  new Option("--personal-data <where>", "where e-mail addresses, phone numbers and IBANs are replaced"),
].map((option) => option.choices(redactionScopes));

/** The text below the command's options. */
export const redactionHelp = `
What is replaced becomes '[redacted: github_token]', by its kind, before it is stored:
  conversations  in the messages of conversations
  everywhere     in them and in memories that are written as they are: their content and metadata
  nowhere        in nothing
Without options it shows the settings. Usual: secrets ${usualRedaction.secrets}, personal data ${usualRedaction.personalData}.
A change counts within a second, for what is sent from then on.

Examples:
  $ memlane-server orgs redaction acme
  $ memlane-server orgs redaction acme --secrets everywhere --personal-data conversations`;

/** The settings as lines of tab-separated values. */
export function printRedactionSettings({ secrets, personalData }: RedactionSettings): string {
  return `secrets\t${secrets}\npersonal-data\t${personalData}\n`;
}
