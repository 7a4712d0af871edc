// The template of the test databases, and their addresses.

/** The database that the others are copies of. */
export const templateName = "memlane_template";

/** The URL of another database on the same server. */
export function databaseUrlOf(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
