/** Markdown for a terminal: quotes instead of backticks. */
export const plainText = (markdown: string): string => markdown.replaceAll("`", "'");
