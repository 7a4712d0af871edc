// The operators' console at `/console`: built files of this package, which call the same API as everyone.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";

const packageFile = createRequire(import.meta.url).resolve("@memlane/server/package.json");
const builtConsole = join(dirname(packageFile), "console");

const notBuilt =
  "The console is not built. In a clone of the repository, build it with `npm run console` and load this page again.\n";

/** Answers a request to `/console` or below. */
export type AnswerConsole = (request: Request) => Response | Promise<Response>;

/**
 * Serves the console. A path without a file is a screen of the console, which gets the page. The files are looked for
 * at each request, so that a console that is built later is found.
 *
 * @param folder the folder of the built console. @default this package's own
 */
export function createConsole(folder: string = builtConsole): AnswerConsole {
  const app = new Hono();
  const serve = (file: string) => serveStatic({ path: join(folder, file), precompressed: true });
  app.use(secureHeaders(headers));
  app.use("/console/assets/*", async (c, next) => {
    await next();
    // The name of a file changes with its content.
    if (c.res.ok) c.header("cache-control", "public, max-age=31536000, immutable");
  });
  app.get("/console/assets/:file{[\\w-]+\\.\\w+}", (c, next) =>
    serve(`assets/${c.req.param("file")}`)(c, next),
  );
  app.get("/console/assets/*", (c) => c.notFound());
  app.get("/console/*", etag(), async (c, next) => {
    c.header("cache-control", "no-cache");
    if (!existsSync(join(folder, "index.html"))) return c.text(notBuilt, 404);
    return serve("index.html")(c, next);
  });
  return app.fetch;
}

/** The console runs only its own files and calls only its own server. */
const headers: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  // Whether a host has HTTPS only is decided in front of this server.
  strictTransportSecurity: false,
};
