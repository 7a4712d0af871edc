import { bearerScheme, readAuthorization, type CallerScheme } from "../../caller.ts";

/** `Authorization: Bearer`. `X-Org-Id` is optional, but must match the key's organisation if sent. */
export const batchCaller: CallerScheme = {
  readCredentials(headers) {
    const named = headers.get("x-org-id");
    const key = readAuthorization(headers, /^bearer +([^ ].*)$/i);
    return { key, org: named ? { named } : "unnamed" };
  },
  errors: ["org_mismatch"],
  security: [{ bearer: [] }],
  securitySchemes: { bearer: bearerScheme },
};
