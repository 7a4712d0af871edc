/** Whether a text can be a job token, which is a JWT: three parts and two dots. An API key has another shape. */
export function isJobToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** The error message for anything else. */
export const notAJobToken =
  "this is no job token. An API key must not be in a page: everybody who sees the page could use it. Your backend gets " +
  "a token with ?token=true when it makes the job, or with POST /v1/jobs/{id}/token.";
