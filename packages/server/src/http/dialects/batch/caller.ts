import { bearerScheme, readAuthorization, readOrgId, type CallerScheme } from "../../caller.ts";

/** `Authorization: Bearer`. */
export const batchCaller: CallerScheme = {
  readCredentials: (headers) => ({
    key: readAuthorization(headers, /^bearer +([^ ].*)$/i),
    orgId: readOrgId(headers),
  }),
  errors: ["org_mismatch"],
  security: [{ bearer: [] }],
  securitySchemes: { bearer: bearerScheme },
};
