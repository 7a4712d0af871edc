import * as z from "zod/mini";

/** The words for yes in a query, in any case. Clients in other languages print booleans in many ways. */
export const yesWords = ["true", "1", "yes", "on", "t", "y"];
/** The words for no. */
export const noWords = ["false", "0", "no", "off", "f", "n"];

const description = `\`true\` or \`false\`; also ${[...yesWords.slice(1), ...noWords.slice(1)].join(", ")}, in any case.`;

const words = z.stringbool({ truthy: yesWords, falsy: noWords });

/** A boolean in a query. @default false */
export const queryFlag = z.prefault(words.check(z.meta({ description })), "false");

/** A boolean in a query or in a body. */
export const flag = z.union([z.boolean(), words]);
