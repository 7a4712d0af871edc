import { bearerScheme, readAuthorization, type CallerScheme } from "../../caller.ts";

/** `x-api-key` with `X-Org-Id`, or `Authorization: Bearer` or `Token`, with or without `X-Org-Id`. */
export const ingestCaller: CallerScheme = {
  readCredentials(headers) {
    const header = headers.get("x-api-key");
    const named = headers.get("x-org-id");
    const key = header ?? readAuthorization(headers, /^(?:bearer|token) +([^ ].*)$/i);
    if (named) return { key, org: { named } };
    return {
      key,
      org: header === null ? "unnamed" : { missing: "the header X-Org-Id is required with x-api-key" },
    };
  },
  errors: ["missing_org_id", "org_mismatch"],
  security: [{ apiKey: [], orgId: [] }, { bearer: [] }],
  securitySchemes: {
    bearer: bearerScheme,
    apiKey: { type: "apiKey", in: "header", name: "x-api-key" },
    orgId: { type: "apiKey", in: "header", name: "X-Org-Id" },
  },
};
