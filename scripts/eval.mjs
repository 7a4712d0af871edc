// npm run eval -- FILE: installs and builds what the evaluation needs, then runs it on the file.
import { resolve } from "node:path";
import { runInstalled } from "./pnpm.mjs";

// The path is relative to this process's folder, but the evaluation runs in another one.
const [path] = process.argv.slice(2);
if (path !== undefined) process.env.MEMLANE_EVAL_DATA = resolve(path);
const build = "turbo run build --filter=@memlane/core --output-logs=errors-only";
process.exit(await runInstalled(`${build} && pnpm --filter @memlane/server run eval`));
