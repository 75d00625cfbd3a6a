import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';

const ROTATE_AT = 50 * 1024 * 1024;
/** What a person is told of, by the level of a log line; the rest is for the file. */
const TOLD = { warn: 'warning', error: 'error', fatal: 'fatal error' };

/** Opens a log for a program that writes to it by itself. */
export function openLog(path) {
  if (existsSync(path) && statSync(path).size > ROTATE_AT) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** A log that keeps one older part, so that a platform left running for weeks fills no disk. */
export class LogFile {
  #path;
  #handle;
  #size;

  constructor(path) {
    this.#path = path;
    this.#open();
  }

  get path() {
    return this.#path;
  }

  write(line) {
    if (this.#size > ROTATE_AT) {
      this.close();
      renameSync(this.#path, `${this.#path}.1`);
      this.#open();
    }
    this.#size += writeSync(this.#handle, `${line}\n`);
  }

  close() {
    closeSync(this.#handle);
  }

  #open() {
    this.#handle = openSync(this.#path, 'a', 0o600);
    this.#size = statSync(this.#path).size;
  }
}

/**
 * What a person at the terminal is shown of a line that a service wrote: plain lines as they are,
 * structured ones only from a warning up, and then as a sentence; null for nothing.
 */
export function forPerson(line) {
  if (!line.startsWith('{')) return line;
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    // It only looked structured.
    return line;
  }
  if (typeof entry.level !== 'string') return line;
  const level = TOLD[entry.level];
  if (level === undefined) return null;
  const where = [entry.service, entry.tenant].filter((part) => typeof part === 'string').join(' ');
  const text = [entry.msg, entry.err?.message].filter(
    (part, index, all) => part && all.indexOf(part) === index,
  );
  return `${level}: ${where ? `${where}: ` : ''}${text.join(': ')}`;
}

/** The last line that says something, for a sentence about a server that did not start. */
export function lastLine(path) {
  if (!existsSync(path)) return 'it said nothing';
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const telling = lines.findLast((line) => /FATAL|PANIC|# [A-Z]|error/i.test(line)) ?? lines.at(-1);
  return telling ?? 'it said nothing';
}
