import { InvalidArgumentError, Option } from "commander";
import { defaultText, settingTable, type Setting, type SettingName } from "../settings/setting-table.ts";
import { plainText } from "./plain-text.ts";

type NameWithFlag = {
  [Name in SettingName]: (typeof settingTable)[Name] extends { flag: string } ? Name : never;
}[SettingName];

/** The flag of a setting, as the table describes it. Without the flag, the variable applies. */
export function settingOption(name: NameWithFlag): Option {
  const setting: Setting & { readonly flag: string } = settingTable[name];
  const description = `${plainText(setting.help)} (default: ${defaultText(setting)}, env: ${name})`;
  return new Option(setting.flag, description).argParser((text) => {
    const parsed = setting.schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(`It must be ${setting.allowed}.`);
    return parsed.data;
  });
}
