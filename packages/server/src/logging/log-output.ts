import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";
import { Socket } from "node:net";

/** How much of the log waits for a slow reader, or for room on the disk. Newer lines are left out. */
const mostWaitingBytes = 1024 * 1024;
const retryMs = 100;
/** How long the end of the process waits for the reader. */
const exitMs = 1000;

/** The log's output. */
export interface LogOutput {
  /** Writes a line at once, or later if the output does not take it now. Never waits. */
  readonly write: (line: string) => void;
  /** Writes what is waiting, for at most a second. */
  readonly end: () => void;
}

/**
 * Opens a file descriptor for the log. A pipe whose reader stops reading would block each write, and with it the whole server. A
 * full disk refuses them. So lines wait in memory up to a limit. Lines beyond it are left out, and a later line has their number.
 */
export function openLogOutput(fd: number): LogOutput {
  const output = openWithoutBlocking(fd);
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let leftOut = 0;
  let isBroken = false;
  let timer: NodeJS.Timeout | undefined;

  return {
    write(line) {
      if (isBroken) return;
      const bytes = Buffer.from(line);
      if (waitingBytes + bytes.length > mostWaitingBytes) leftOut += 1;
      else add(bytes);
      if (timer === undefined) drain();
    },
    end() {
      clearTimeout(timer);
      const pause = new Int32Array(new SharedArrayBuffer(4));
      const untilMs = performance.now() + exitMs;
      while (!writeWaiting() && performance.now() < untilMs) Atomics.wait(pause, 0, 0, 20);
    },
  };

  function add(bytes: Buffer): void {
    waiting.push(bytes);
    waitingBytes += bytes.length;
  }

  function drain(): void {
    timer = undefined;
    if (writeWaiting()) return;
    timer = setTimeout(drain, retryMs);
    timer.unref();
  }

  /** Whether nothing is waiting any more. */
  function writeWaiting(): boolean {
    try {
      for (;;) {
        const [next] = waiting;
        if (next !== undefined) {
          const written = writeSync(output, next);
          waitingBytes -= written;
          if (written === next.length) waiting.shift();
          else waiting[0] = next.subarray(written);
        } else if (leftOut > 0) {
          const msg = "the log could not be written for a time: lines are missing";
          const line = { level: 40, time: new Date().toISOString(), left_out: leftOut, msg };
          add(Buffer.from(`${JSON.stringify(line)}\n`));
          leftOut = 0;
        } else return true;
      }
    } catch (error) {
      const isGone = error instanceof Error && "code" in error && error.code === "EPIPE";
      if (!isGone) return false;
      isBroken = true;
      waiting.length = 0;
      return true;
    }
  }
}

/** The descriptor, or another one for the same pipe or socket, whose writes fail with EAGAIN instead of blocking. */
function openWithoutBlocking(fd: number): number {
  const stat = fstatSync(fd);
  if (!stat.isFIFO() && !stat.isSocket()) return fd; // files do not block
  try {
    // The file is opened anew, because processes that share an open file also share its mode.
    const own = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
    if (fstatSync(own).ino === stat.ino) return own;
    closeSync(own);
  } catch {
    // Not Linux, a socket, or a pipe of another user.
  }
  new Socket({ fd, readable: false }).unref(); // changes the mode of the descriptor
  return fd;
}
