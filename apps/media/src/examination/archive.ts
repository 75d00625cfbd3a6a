import type { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { FileFault } from './file-fault.js';
import { bytesOf, type OpenRange } from './open-range.js';

/** What an archive may unpack to at most, in bytes and in files. */
const LARGEST_CONTENT = 2 * 1024 ** 3;
const MOST_ENTRIES = 20_000;
/** Text packs 1:20 and drawings of one colour 1:200; more than that over a whole archive is made to harm. */
const LARGEST_RATIO = 200;
/** Below this nobody is harmed, however it was packed. */
const HARMLESS = 10 * 1024 ** 2;

const END_BYTES = 22;
const LARGEST_COMMENT = 0xffff;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly unpacked: number;
  /** Where its bytes begin, with a header of their own. */
  readonly start: number;
}

/**
 * Reads the table of contents of a ZIP (also what Office documents are) and refuses what would burst: too much content,
 * entries that share bytes, entries that hold more than they say, archives within archives, names that leave the folder.
 */
export async function faultInArchive(size: number, open: OpenRange): Promise<FileFault | null> {
  const entries = await entriesOf(size, open);
  if (!Array.isArray(entries)) return entries;
  const content = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (content > LARGEST_CONTENT) return bomb('unpacks to more than 2 GiB');
  if (content > HARMLESS && content / size > LARGEST_RATIO) {
    return bomb(`unpacks to ${Math.round(content / size)} times its size`);
  }
  if (share(entries)) return bomb('uses the same bytes for several files');
  for (const { name } of entries) {
    if (leaves(name)) return refused('media.archive_unsafe', `names a file outside of its folder (${name})`);
    if (/\.(?:zip|jar|7z|rar|gz|tgz|bz2|xz|zst|tar)$/i.test(name)) {
      return refused('media.archive_nested', `holds another archive (${name}); unpack that one first`);
    }
  }
  for (const entry of entries) {
    const fault = await faultInEntry(entry, size, open);
    if (fault !== null) return fault;
  }
  return null;
}

async function entriesOf(size: number, open: OpenRange): Promise<Entry[] | FileFault> {
  if (size < END_BYTES) return damaged();
  const tail = await bytesOf(open, {
    first: Math.max(0, size - END_BYTES - LARGEST_COMMENT),
    last: size - 1,
  });
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1;
  if (at < 0) return damaged();
  const count = tail.readUInt16LE(at + 10);
  const length = tail.readUInt32LE(at + 12);
  const start = tail.readUInt32LE(at + 16);
  // The escape values of ZIP64: nothing that may be uploaded needs it.
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) {
    return bomb('is of the ZIP64 kind, which only huge archives need');
  }
  if (count > MOST_ENTRIES) return bomb(`holds more than ${MOST_ENTRIES} files`);
  if (count === 0) return [];
  if (length === 0 || start + length > size) return damaged();
  return readEntries(await bytesOf(open, { first: start, last: start + length - 1 }), count);
}

function readEntries(table: Buffer, count: number): Entry[] | FileFault {
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > table.length || table.readUInt32LE(at) !== ENTRY) return damaged();
    const nameLength = table.readUInt16LE(at + 28);
    const packed = table.readUInt32LE(at + 20);
    const unpacked = table.readUInt32LE(at + 24);
    const start = table.readUInt32LE(at + 42);
    if ([packed, unpacked, start].includes(0xffffffff)) return bomb('unpacks to more than 4 GiB');
    entries.push({
      name: table.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength).toString('utf8'),
      method: table.readUInt16LE(at + 10),
      encrypted: (table.readUInt16LE(at + 8) & 1) === 1,
      packed,
      unpacked,
      start,
    });
    at += ENTRY_BYTES + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

function share(entries: readonly Entry[]): boolean {
  const inOrder = entries.toSorted((one, other) => one.start - other.start);
  return inOrder.some((entry, index) => {
    const next = inOrder[index + 1];
    return next !== undefined && entry.start + LOCAL_BYTES + entry.packed > next.start;
  });
}

function leaves(name: string): boolean {
  const path = name.replaceAll('\\', '/');
  return path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..');
}

/** Unpacks to see whether the table of contents tells the truth; stops at the first byte too many. */
async function faultInEntry(entry: Entry, size: number, open: OpenRange): Promise<FileFault | null> {
  const { start, packed, unpacked, method, encrypted } = entry;
  if (encrypted) return refused('media.archive_encrypted', 'is locked by a password; nobody can check it');
  if (method !== STORED && method !== DEFLATED) return damaged();
  if (start + LOCAL_BYTES > size) return damaged();
  const local = await bytesOf(open, { first: start, last: start + LOCAL_BYTES - 1 });
  if (local.length < LOCAL_BYTES || local.readUInt32LE(0) !== LOCAL) return damaged();
  const first = start + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (first + packed > size) return damaged();
  if (method === STORED) return packed === unpacked ? null : bomb('holds more than it says');
  if (packed === 0) return unpacked === 0 ? null : damaged();
  const real = await inflatedSize(await open({ first, last: first + packed - 1 }), unpacked);
  if (real === null) return damaged();
  return real > unpacked ? bomb('holds more than it says') : null;
}

/** How many bytes come out, counted to one past `most`; null where it cannot be unpacked. */
async function inflatedSize(packed: Readable, most: number): Promise<number | null> {
  const inflate = createInflateRaw();
  let bytes = 0;
  packed.on('error', (error) => inflate.destroy(error));
  packed.pipe(inflate);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) break;
    }
    return bytes;
  } catch {
    return null;
  } finally {
    packed.unpipe(inflate);
    packed.destroy();
  }
}

function bomb(reason: string): FileFault {
  return refused('media.archive_bomb', reason);
}

function refused(code: string, reason: string): FileFault {
  return { code, detail: `The archive ${reason}.` };
}

function damaged(): FileFault {
  return { code: 'media.archive_damaged', detail: 'The archive is damaged or incomplete.' };
}
