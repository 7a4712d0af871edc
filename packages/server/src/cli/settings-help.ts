import type { Command } from "commander";
import { defaultText, settingGroups, settingsOf, type Setting } from "../settings/setting-table.ts";
import { plainText } from "./plain-text.ts";

/** All settings with their groups, as a part of the help of a command. */
export function settingsHelp(command: Command): string {
  const help = command.createHelp();
  help.prepareContext({ helpWidth: process.stdout.isTTY ? process.stdout.columns : 100 });
  const groups = settingGroups.map((group) => {
    const settings = settingsOf(group);
    const width = Math.max(...settings.map(([name]) => name.length));
    const items = settings.map(([name, setting]) => help.formatItem(name, width, describe(setting), help));
    return `${group}:\n${items.join("\n")}`;
  });
  return `\nEnvironment variables. A flag wins over its variable.\n\n${groups.join("\n\n")}`;
}

function describe(setting: Setting): string {
  const text = defaultText(setting);
  const notes = [
    ...(text === undefined ? [] : [`default: ${text}`]),
    ...(setting.flag === undefined ? [] : [`flag: ${setting.flag.split(" ")[0]}`]),
  ];
  return plainText(setting.help) + (notes.length === 0 ? "" : ` (${notes.join(", ")})`);
}
