import { createOfflineExtractor } from "./english/offline-extractor.ts";
import type { Extractor } from "./extractor.ts";
import { createLlmExtractor } from "./llm/llm-extractor.ts";
import { withFallback } from "./with-fallback.ts";

/** The extractors that have settings. Register an extractor here, under the name of its settings. */
const extractors = {
  llm: createLlmExtractor,
};

type Name = keyof typeof extractors;

/** The options that any extractor may have. */
interface AnyOptions {
  /** The extractor to use when this one fails. @default none: the attempt fails */
  readonly fallback?: "offline" | undefined;
}

type Options<Each extends Name> = Parameters<(typeof extractors)[Each]>[0] & AnyOptions;

/** The options of the extractors that are used. */
export type ExtractorOptions = { readonly [Each in Name]?: Options<Each> | undefined };

const creators: { readonly [Each in Name]: (options: Options<Each>) => Extractor } = extractors;
const names = Object.keys(extractors) as readonly Name[];

/** Makes the first extractor that has options, or the offline extractor if none has. */
export function createExtractor(options: ExtractorOptions): Extractor {
  for (const name of names) {
    const extractor = createWith(name, options[name]);
    if (extractor !== undefined) return extractor;
  }
  return createOfflineExtractor();
}

function createWith<Each extends Name>(
  name: Each,
  options: Options<Each> | undefined,
): Extractor | undefined {
  if (options === undefined) return undefined;
  const extractor = creators[name](options);
  return options.fallback === "offline" ? withFallback(extractor, createOfflineExtractor()) : extractor;
}
