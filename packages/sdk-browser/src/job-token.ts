/** Whether a text can be a job token, which is a JWT: three parts and two dots. An API key has another shape. */
export function isJobToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/** The error message for anything else. */
export const notAJobToken =
  "this is not a job token. Never put an API key into a page: everybody who sees the page can use it. Your backend " +
  "gets a token with ?token=true or with POST /v1/jobs/{id}/token.";
