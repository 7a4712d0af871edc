// The options and the output of `memlane-server orgs redaction`.
import { Option } from "commander";
import { redactionScopes, usualRedaction, type RedactionSettings } from "../store/redaction-settings.ts";

/** One option for secrets and one for personal data. */
export const redactionOptions = [
  new Option("--secrets <where>", "where keys, tokens, passwords in URLs and card numbers are replaced"),
  new Option("--personal-data <where>", "where e-mail addresses, phone numbers and IBANs are replaced"),
].map((option) => option.choices(redactionScopes));

/** The text below the command's options. */
export const redactionHelp = `
Before a text is stored, each match becomes its kind, such as '[redacted: github_token]':
  conversations  in the messages of conversations
  everywhere     also in memories that are written as they are: their content and metadata
  nowhere        in no text
Without options it shows the settings. Default: secrets ${usualRedaction.secrets}, personal data ${usualRedaction.personalData}.
A change applies within a second, to what is sent from then on.

Examples:
  $ memlane-server orgs redaction acme
  $ memlane-server orgs redaction acme --secrets everywhere --personal-data conversations`;

/** The settings as lines of tab-separated values. */
export function printRedactionSettings({ secrets, personalData }: RedactionSettings): string {
  return `secrets\t${secrets}\npersonal-data\t${personalData}\n`;
}
