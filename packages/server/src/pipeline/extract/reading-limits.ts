/** The most statements from one message, and from a whole job. */
export const mostStatements = { perMessage: 3000, perJob: 5000 };

/** The most characters that are read of one message, and of a whole job. Only lines that are read count. */
export const mostCharacters = { perMessage: 200_000, perJob: 2_000_000 };

/** A shorter line counts as this many characters, because reading it takes as long. */
export const shortestLine = 50;
