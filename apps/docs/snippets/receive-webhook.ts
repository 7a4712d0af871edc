import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import {
  verifyWebhook,
  WebhookVerificationError,
} from "@memlane/sdk-node";

const { WEBHOOK_SECRET = "", PORT = "3000" } = process.env;

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
) {
  // The raw body, because the signature covers every byte.
  const body = await buffer(request);
  try {
    const delivery = verifyWebhook(
      body,
      request.headers,
      WEBHOOK_SECRET,
      { requireTimestamp: true },
    );
    response.writeHead(204).end();
    if (delivery.event === "memory.learning.completed")
      console.log(
        delivery.event,
        delivery.job_id,
        delivery.memories.length,
      );
  } catch (error) {
    if (!WebhookVerificationError.is(error)) throw error;
    response.writeHead(400).end(error.message);
  }
}

createServer(
  (request, response) => void receive(request, response),
).listen(PORT);
