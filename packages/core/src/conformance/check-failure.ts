/** The server does not do what a check requires. */
export class CheckFailure extends Error {
  override readonly name = "CheckFailure";
}

/** A check cannot run on this server, for example because a key is missing. */
export class CheckSkipped extends Error {
  override readonly name = "CheckSkipped";
}
