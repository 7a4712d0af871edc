import { markWords } from "./mark-words.ts";

/** A text in which the words of a query are marked. */
export function MarkedText({ text, query }: { readonly text: string; readonly query: string }) {
  return markWords(text, query).map(({ part, isMarked }, index) =>
    isMarked ? <mark key={index}>{part}</mark> : part,
  );
}
