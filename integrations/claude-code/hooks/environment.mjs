// The only file of the plugin that reads the environment.
/* oxlint-disable node/no-process-env */
import { homedir } from "node:os";
import { join } from "node:path";

/** The settings of the plugin. Claude Code names a folder for the plugin's own files. */
export const { MEMLANE_API_KEY: apiKey } = process.env;
export const userId = process.env.MEMLANE_USER_ID || "me";
export const baseUrl = process.env.MEMLANE_BASE_URL || "http://127.0.0.1:8787";
export const dataFolder = process.env.CLAUDE_PLUGIN_DATA || join(homedir(), ".memlane", "claude-code");
