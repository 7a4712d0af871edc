/** A receiver's URL is not permitted. */
export class ForbiddenUrlError extends Error {}

const certificateCode = /^(?:CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * What the organisation reads if its receiver was not reached. Unknown names, private addresses and refused connections have the
 * same sentence: different ones would show what is in the server's own network.
 */
export function describeDeliveryFault(error: unknown): string {
  if (error instanceof ForbiddenUrlError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (certificateCode.test(code)) return `the receiver's certificate was refused: ${code}`;
  return "the receiver could not be reached";
}
