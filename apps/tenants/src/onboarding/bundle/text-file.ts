import type { Issues, Place } from './issues.js';

const NEWLINE = 0x0a;

/** The text of a file, without a byte order mark; null, and an issue at the very byte, when it is not UTF-8. */
export function decodeText(file: string, bytes: Buffer, issues: Issues): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    issues.add(file, placeOfByte(bytes, firstBrokenByte(bytes)), {
      code: 'not_utf8',
      detail: 'The file is not valid UTF-8 from here on.',
      help: 'Save it as UTF-8 (in Excel: "CSV UTF-8").',
    });
    return null;
  }
}

/** By halving: the longest beginning that is still well-formed ends at the fault. */
function firstBrokenByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isWellFormedSoFar(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isWellFormedSoFar(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function placeOfByte(bytes: Buffer, offset: number): Place {
  const before = bytes.subarray(0, offset);
  const line = before.reduce((lines, byte) => lines + Number(byte === NEWLINE), 1);
  const start = before.lastIndexOf(NEWLINE) + 1;
  return { line, column: before.subarray(start).toString('utf8').length + 1 };
}
