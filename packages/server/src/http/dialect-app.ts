// The Hono app of one dialect: its routes, and all errors in its envelope.
import { errorTable, MemlaneError, type ErrorReport } from "@memlane/core";
import { Hono, type Context } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import * as z from "zod/mini";
import { answerAnyone, answerCaller, type RequestEnv } from "./answer-request.ts";
import { errorForCaller } from "./error-for-caller.ts";
import { retryAfterOf } from "./retry-after.ts";
import type { DialectService } from "./served-dialect.ts";
import type { ServiceContext } from "./service-context.ts";

/** Creates the app of one dialect. */
export function createDialectApp(
  context: ServiceContext,
  { dialect, caller, routes }: DialectService,
): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const refuse = (c: Context<RequestEnv>, error: MemlaneError, headers?: Record<string, string>) => {
    const code = error.code as ErrorReport["code"];
    const { message, issues, quota, currentFactId } = error;
    const report = { code, message, requestId: c.env.requestId, issues, quota, currentFactId };
    const status = errorTable[code].status as 400;
    return c.json(z.encode(dialect.error, report), status, { ...headers, ...retryAfterOf(error) });
  };

  app.onError((error, c) => refuse(c, errorForCaller(error, c.env.log, c.get("failure"))));
  app.notFound((c) => refuse(c, new MemlaneError({ code: "not_found", message: "there is no such route" })));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const message = `this route supports only ${methods.join(", ")}`;
        return refuse(c, new MemlaneError({ code: "method_not_allowed", message }), {
          allow: methods.join(", "),
        });
      },
    }),
  );

  for (const route of routes) {
    app.on(route.method, route.path, (c) => {
      c.set("failure", route.failure);
      return route.scope === "public"
        ? answerAnyone(context, route, c)
        : answerCaller(context, { caller, route }, c);
    });
  }
  return app;
}
