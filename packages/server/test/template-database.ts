// Which database those of the tests are copies of, and where they are.

/** The database that the others are copies of. */
export const templateName = "memlane_template";

/** The address of another database of the same server. */
export function databaseUrlOf(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
