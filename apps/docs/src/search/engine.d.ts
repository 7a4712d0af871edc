/** A page that Pagefind has found. */
export interface Result {
  readonly id: string;
  readonly score: number;
  /** Loads what is shown of the page. */
  data(): Promise<ResultData>;
}

export interface ResultData {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

export function search(text: string, options?: object): Promise<{ readonly results: readonly Result[] }>;
