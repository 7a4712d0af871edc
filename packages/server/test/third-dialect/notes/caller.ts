import { readAuthorization, type CallerScheme } from "../../../src/http/caller.ts";

/** `Authorization: Notes`. */
export const notesCaller: CallerScheme = {
  readCredentials: (headers) => ({ key: readAuthorization(headers, /^notes +([^ ].*)$/i), orgId: undefined }),
  errors: [],
  security: [{ notes: [] }],
  securitySchemes: { notes: { type: "http", scheme: "Notes" } },
};
