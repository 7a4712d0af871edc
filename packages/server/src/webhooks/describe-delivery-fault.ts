/** A receiver's URL is not permitted. */
export class ForbiddenUrlError extends Error {}

const certificateCode = /^(?:CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * The error for the organisation if its receiver was not reached. Unknown names, private addresses and refused connections get the
 * same sentence: different sentences would show which hosts exist in the server's own network.
 */
export function describeDeliveryFault(error: unknown): string {
  if (error instanceof ForbiddenUrlError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (certificateCode.test(code)) return `the receiver's certificate was refused: ${code}`;
  return "the receiver could not be reached";
}
