import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { Problem, isErrorCode } from './problem.mjs';

/** Old or new, never half: written beside, flushed, then renamed over. */
export function replaceFile(path, text, mode = 0o600) {
  const draft = `${path}.new`;
  const handle = openSync(draft, 'w', mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, path);
}

export function writeJson(path, value, mode = 0o600) {
  replaceFile(path, `${JSON.stringify(value, null, 2)}\n`, mode);
}

/** The object in a JSON file, or null when there is no such file; `remedy` tells what to do about a damaged one. */
export function readJson(path, remedy = '') {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below: whatever is in there, it is not ours any more.
  }
  throw new Problem(`${path} is damaged: it is no JSON object. ${remedy}`.trim());
}
