// npm run eval -- FILE: installs and builds what the evaluation needs, then runs it on the file.
import { resolve } from "node:path";
import { runScript } from "./pnpm.mjs";

// The path is relative to here, and the script runs elsewhere.
const [path] = process.argv.slice(2);
if (path !== undefined) process.env.MEMLANE_EVAL_DATA = resolve(path);
process.exit(await runScript("eval:server"));
