import { CLIENT_CAPABILITIES_META_KEY, type ServerContext } from "@modelcontextprotocol/server";
import * as z from "zod";

/** The identifier of the Tasks extension (https://modelcontextprotocol.io/docs/extensions/tasks). */
export const tasksExtension = "io.modelcontextprotocol/tasks";

/** What we use of a client's capabilities. */
export const clientCapabilities = z.object({
  extensions: z.record(z.string(), z.unknown()).optional(),
  elicitation: z.object({ form: z.unknown(), url: z.unknown() }).partial().optional(),
});

/** The capabilities that a request carries; undefined in an older version of the protocol. */
function capabilitiesOf({ mcpReq: { envelope } }: ServerContext) {
  const carried: Readonly<Record<string, unknown>> = envelope ?? {};
  return clientCapabilities.safeParse(carried[CLIENT_CAPABILITIES_META_KEY]).data;
}

/** Whether the client of this request can work with tasks. */
export function declaresTasks(context: ServerContext): boolean {
  return capabilitiesOf(context)?.extensions?.[tasksExtension] !== undefined;
}

/**
 * Whether the client can ask its user. `connected` are the capabilities of a connection in an older version of the
 * protocol.
 */
export function declaresElicitation(context: ServerContext, connected: unknown): boolean {
  const elicitation = (capabilitiesOf(context) ?? clientCapabilities.safeParse(connected).data)?.elicitation;
  // A client that names no mode means forms.
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}
