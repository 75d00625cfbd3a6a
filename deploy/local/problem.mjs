/** Something a person can act on: its message is one clear sentence, printed without a stack. */
export class Problem extends Error {}

/** Thrown by work that was under way when the person asked to stop. */
export class Stopped extends Error {
  constructor() {
    super('Stopped.');
  }
}

export function isErrorCode(error, ...codes) {
  return error instanceof Error && codes.includes(error.code);
}
