// Sends spans to a collector. Loaded only if the environment enables it: otherwise spans cost
// almost nothing.
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
} from "@opentelemetry/sdk-trace";
import { version } from "../base/version.ts";
import { within } from "../base/within.ts";

const flushMs = 3000;

/** How spans are exported, named as in OpenTelemetry's environment variables. */
export interface TraceExport {
  readonly protocol: "http/protobuf" | "http/json";
  readonly sampler: SamplerName | `parentbased_${SamplerName}`;
  /** The share of traces that is sampled, for `traceidratio`. */
  readonly ratio: number;
}

type SamplerName = "always_on" | "always_off" | "traceidratio";

/**
 * Starts to export the spans of this process over OTLP. The standard environment variables set the
 * address, headers and names. Returns a function that sends the remaining spans and stops.
 */
export async function exportTraces({ protocol, sampler, ratio }: TraceExport): Promise<() => Promise<void>> {
  const { OTLPTraceExporter } = await (protocol === "http/json"
    ? import("@opentelemetry/exporter-trace-otlp-http")
    : import("@opentelemetry/exporter-trace-otlp-proto"));
  const named = resourceFromAttributes({ "service.name": "memlane", "service.version": version });
  const provider = new TracerProvider({
    resource: named.merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(sampler, ratio),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return () => within(flushMs, provider.shutdown());
}

function samplerOf(name: TraceExport["sampler"], ratio: number): Sampler {
  const root = name.endsWith("always_on")
    ? new AlwaysOnSampler()
    : name.endsWith("always_off")
      ? new AlwaysOffSampler()
      : new TraceIdRatioBasedSampler(ratio);
  return name.startsWith("parentbased_") ? new ParentBasedSampler({ root }) : root;
}
