import { Fragment, type ReactNode } from "react";
import { quoteParts } from "./quote-parts.ts";

/** The words of a message as they were sent. The date of words such as "last month" is beside them. */
export function Quote({
  text,
  quote,
  show = (words) => words,
}: {
  /** The text of the message, which contains the dates. */
  readonly text: string;
  readonly quote: string;
  /** Shows a part of the words. @default as it is */
  readonly show?: (words: string) => ReactNode;
}) {
  return quoteParts(text, quote).map((part, index) => (
    <Fragment key={index}>
      {part.isDate ? (
        <>
          {" "}
          <span className="meant">= {part.text}</span>
        </>
      ) : (
        show(part.text)
      )}
    </Fragment>
  ));
}
