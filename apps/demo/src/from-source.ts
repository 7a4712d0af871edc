// Runs the packages of this repository from their sources, so that the demo needs no build. Node.js removes the types.
import { registerHooks } from "node:module";

const packages = new URL("../../../packages/", import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const [, name, entry = "index"] = /^@memlane\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? [];
    if (name === undefined) return next(specifier, context);
    return next(new URL(`${name}/src/${entry}.ts`, packages).href, context);
  },
});
