// A trace collector: OTLP over HTTP in JSON as a list of spans.
import { startReceiver } from "./receiver.ts";

/** A received span. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface Resource {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** Starts a collector at `url`. */
export async function startOtlpReceiver() {
  const spans: ReceivedSpan[] = [];
  const contentTypes: string[] = [];
  const receive = (path: string, contentType: string, body: string) => {
    contentTypes.push(contentType);
    if (path !== "/v1/traces" || contentType !== "application/json") return;
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { resource: Resource; scopeSpans: { spans: Omit<ReceivedSpan, "service">[] }[] }[];
    };
    for (const { resource, scopeSpans } of resourceSpans) {
      const name = resource.attributes.find(({ key }) => key === "service.name");
      const service = name?.value.stringValue ?? "";
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))));
    }
  };
  const receiver = await startReceiver((response, count) => {
    const { path, headers, body } = receiver.received[count - 1]!;
    receive(path, headers["content-type"] ?? "", body);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  return { url: receiver.url, spans, contentTypes, close: receiver.close };
}
