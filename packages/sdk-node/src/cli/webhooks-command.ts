import type { DeliveryListQuery, DeliveryWire, WebhookPatch, WebhookWire } from "@memlane/core";
import { deliveryStates } from "@memlane/core/internal";
import { Option, type Command } from "commander";
import { MemoryClient } from "../memory-client.ts";
import { withConnectionFlags, type ConnectionFlags } from "./connection.ts";
import { addDefaultCommand } from "./default-command.ts";
import { exitCodes, type ExitCode } from "./exit-code.ts";
import { print } from "./output.ts";
import { printList } from "./print-list.ts";
import { printable } from "./printable.ts";
import { wholeNumber } from "./whole-number.ts";

interface WebhookFlags extends ConnectionFlags {
  readonly json?: true;
}

interface ChangeFlags extends WebhookFlags {
  readonly url?: string;
  readonly events?: WebhookPatch["events"];
  readonly disable?: true;
  readonly enable?: true;
  readonly rotateSecret?: true;
}

interface DeliveriesFlags extends WebhookFlags, Pick<DeliveryListQuery, "status"> {
  readonly webhook?: string;
  readonly limit: number;
}

const help = `
The server posts each event to every webhook that asks for it. About jobs: memory.learning.completed,
memory.learning.failed, memory.batch.completed, memory.batch.failed. About what is stored: memory.created,
fact.invalidated, quota.warning. '*' asks for all. A secret is shown once, by 'create' and by
'change --rotate-secret'.

Exit status: 0 done, 2 the command failed.

Examples:
  $ memlane webhooks
  $ memlane webhooks create https://example.com/memlane --events memory.batch.completed,memory.batch.failed
  $ memlane webhooks test whk_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane webhooks deliveries --status failed
  $ memlane webhooks replay whd_019a2f3c4d5e7f60a1b2c3d4e5f60718
  $ memlane webhooks change whk_019a2f3c4d5e7f60a1b2c3d4e5f60718 --rotate-secret
  $ memlane webhooks delete whk_019a2f3c4d5e7f60a1b2c3d4e5f60718`;

/** Adds `memlane webhooks` to the program. */
export function addWebhooksCommand(program: Command, finish: (code: ExitCode) => void): void {
  const webhooks = program
    .command("webhooks")
    .description("list, create, test and delete webhooks, and repeat their deliveries")
    .addHelpText("after", help);
  const withFlags = (command: Command) =>
    withConnectionFlags(command).option("--json", "print each entry as JSON, one a line");
  const withEvents = (command: Command) =>
    withFlags(command).option("--events <names>", "the events to send, separated by commas", readEvents);
  const ofWebhook = (name: string, description: string) =>
    webhooks.command(name).description(description).argument("<webhook>", "id of the webhook");

  withFlags(addDefaultCommand(webhooks, "list").description("list the webhooks, oldest first")).action(
    async (flags: WebhookFlags) => finish(await runList(flags)),
  );
  withEvents(
    webhooks.command("create").description("create a webhook").argument("<url>", "where the server posts"),
  ).action(async (url: string, { events, ...flags }: ChangeFlags) =>
    finish(await runOne(flags, (client) => client.webhooks.create({ url, events }))),
  );
  withEvents(ofWebhook("change", "change a webhook"))
    .option("--url <url>", "new URL")
    .option("--disable", "keep the webhook and send nothing")
    .option("--enable", "send again")
    .option("--rotate-secret", "make a new secret")
    .action(async (id: string, { url, events, enable, disable, rotateSecret, ...flags }: ChangeFlags) =>
      finish(
        await runOne(flags, (client) =>
          client.webhooks.update(
            id,
            { url, events, ...((enable ?? disable) && { enabled: enable ?? false }) },
            { rotateSecret },
          ),
        ),
      ),
    );
  withConnectionFlags(ofWebhook("delete", "delete a webhook")).action(
    async (id: string, connection: ConnectionFlags) => {
      await new MemoryClient(connection).webhooks.delete(id);
      print(`${printable(id)}  deleted`);
      finish(exitCodes.done);
    },
  );
  withFlags(ofWebhook("test", "send a test event to a webhook")).action(
    async (id: string, flags: WebhookFlags) =>
      finish(await runDelivery(flags, (client) => client.webhooks.test(id))),
  );
  withFlags(webhooks.command("deliveries").description("list the deliveries of the last week, newest first"))
    .option("--webhook <id>", "only to this webhook")
    .addOption(new Option("--status <status>", "only with this status").choices(deliveryStates))
    .option("--limit <number>", "how many at most", wholeNumber, 50)
    .action(async (flags: DeliveriesFlags) => finish(await runDeliveries(flags)));
  withFlags(
    webhooks.command("replay").description("repeat a delivery").argument("<delivery>", "id of the delivery"),
  ).action(async (id: string, flags: WebhookFlags) =>
    finish(await runDelivery(flags, (client) => client.webhooks.replay(id))),
  );
}

/** The server checks the names. */
function readEvents(text: string): WebhookPatch["events"] {
  return text.split(",").map((name) => name.trim()) as NonNullable<WebhookPatch["events"]>;
}

async function runList({ json, ...connection }: WebhookFlags): Promise<ExitCode> {
  const webhooks = await new MemoryClient(connection).webhooks.list();
  await printList(webhooks, { json, describe: describeWebhook, textIfNone: "There are no webhooks." });
  return exitCodes.done;
}

async function runOne(
  { json, ...connection }: WebhookFlags,
  send: (client: MemoryClient) => PromiseLike<WebhookWire>,
): Promise<ExitCode> {
  const webhook = await send(new MemoryClient(connection));
  print(json ? JSON.stringify(webhook) : `${describeWebhook(webhook)}\nsecret: ${webhook.secret}`);
  return exitCodes.done;
}

async function runDelivery(
  { json, ...connection }: WebhookFlags,
  send: (client: MemoryClient) => PromiseLike<DeliveryWire>,
): Promise<ExitCode> {
  const delivery = await send(new MemoryClient(connection));
  print(json ? JSON.stringify(delivery) : describeDelivery(delivery));
  return exitCodes.done;
}

async function runDeliveries({
  webhook,
  status,
  limit,
  json,
  ...connection
}: DeliveriesFlags): Promise<ExitCode> {
  const query = {
    limit: Math.min(limit, 500),
    ...(webhook !== undefined && { webhook_id: webhook }),
    ...(status !== undefined && { status }),
  };
  const deliveries = new MemoryClient(connection).webhooks.deliveries(query);
  const textIfNone = "There are no deliveries.";
  await printList(deliveries, { limit, json, describe: describeDelivery, textIfNone });
  return exitCodes.done;
}

function describeWebhook({ id, enabled, url, events }: WebhookWire): string {
  return `${id}  ${enabled ? "enabled " : "disabled"}  ${printable(url)}: ${events.join(", ")}`;
}

function describeDelivery({ id, status, event, attempts, job_id, error }: DeliveryWire): string {
  const about = [`${attempts} attempts`, job_id, error].filter((part) => part !== null);
  return `${id}  ${status.padEnd("succeeded".length)}  ${printable(event)}: ${printable(about.join(", "))}`;
}
