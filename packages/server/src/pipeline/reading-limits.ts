/** The most statements that are taken from one message, and from all messages of a job. */
export const mostStatements = { perMessage: 3000, perJob: 5000 };

/** The most characters that are read of one message, and of all messages of a job. Only lines that are read count. */
export const mostCharacters = { perMessage: 200_000, perJob: 2_000_000 };

/** What a shorter line counts for in characters: to read it takes as long. */
export const shortestLine = 50;
