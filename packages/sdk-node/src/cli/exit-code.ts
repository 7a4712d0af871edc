/** The exit codes of a command. */
export const exitCodes = {
  /** All went well. */
  done: 0,
  /** The server was reached, but something failed there or in the input. */
  failed: 1,
  /** The command could not start or had to stop early: wrong usage, wrong key, no server. */
  unusable: 2,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
