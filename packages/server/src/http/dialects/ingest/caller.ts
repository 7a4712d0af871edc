import { bearerScheme, readAuthorization, readOrgId, type CallerScheme } from "../../caller.ts";

/** `x-api-key`, or `Authorization: Bearer` or `Token`. */
export const ingestCaller: CallerScheme = {
  readCredentials: (headers) => ({
    key: headers.get("x-api-key") || readAuthorization(headers, /^(?:bearer|token) +([^ ].*)$/i),
    orgId: readOrgId(headers),
  }),
  errors: ["org_mismatch"],
  security: [{ apiKey: [] }, { apiKey: [], orgId: [] }, { bearer: [] }, { token: [] }],
  securitySchemes: {
    bearer: bearerScheme,
    apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
    orgId: { type: "apiKey", in: "header", name: "X-Org-Id" },
    // OpenAPI has only the registered schemes of this header, of which `Token` is none.
    token: { type: "apiKey", in: "header", name: "Authorization", description: "`Token <key>`." },
  },
};
