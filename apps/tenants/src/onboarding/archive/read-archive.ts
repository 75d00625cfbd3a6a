import type { Readable } from 'node:stream';
import { MAX_ARCHIVE_CONTENT_BYTES, MAX_BUNDLE_BYTES } from '#libs/contracts/tenants';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { BundleFiles } from '../bundle/bundle.js';
import { ArchiveTooLarge, ArchiveUnreadable, ArchiveUnsafe } from './archive.errors.js';

export interface ArchiveLimits {
  readonly packedBytes: number;
  readonly contentBytes: number;
  readonly files: number;
}

const usualLimits: ArchiveLimits = {
  packedBytes: MAX_BUNDLE_BYTES,
  contentBytes: MAX_ARCHIVE_CONTENT_BYTES,
  files: 20_000,
};

/** What operating systems put beside one's files. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;
const KIND_OF_FILE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/**
 * The files of an onboarding folder that came as a ZIP, with or without the folder itself around them. What an entry
 * says about its size is not believed: bytes are counted as they come, and reading stops at the limit.
 *
 * @throws ArchiveUnreadable | ArchiveTooLarge | ArchiveUnsafe
 */
export async function readArchive(stream: Readable, limits = usualLimits): Promise<BundleFiles> {
  const packed = await readBounded(stream, limits.packedBytes, 'the file itself');
  const files = await unpack(packed, limits);
  return withoutOuterFolder(files);
}

async function unpack(
  packed: Buffer,
  { contentBytes, files: most }: ArchiveLimits,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let left = contentBytes;
  const zip = await opened(packed);
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.normalize('NFC');
      if (path.endsWith('/') || LITTER.test(path)) continue;
      requireSafe(entry, path);
      if (files.has(path)) throw new ArchiveUnsafe(path, 'comes twice');
      if (files.size >= most) throw new ArchiveTooLarge(`more than ${most} files`);
      if (entry.uncompressedSize > left) throw tooMuch(contentBytes);
      const bytes = await readBounded(
        await zip.openReadStreamPromise(entry),
        left,
        '',
        tooMuch(contentBytes),
      );
      left -= bytes.length;
      files.set(path, bytes);
    }
    return files;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    zip.close();
  }
}

async function opened(packed: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(packed, { strictFileNames: true, validateEntrySizes: true });
  } catch (error) {
    throw new ArchiveUnreadable(error);
  }
}

function requireSafe(entry: Entry, path: string): void {
  if (entry.isEncrypted()) throw new ArchiveUnsafe(path, 'needs a password');
  if (((entry.externalFileAttributes >>> 16) & KIND_OF_FILE) === SYMBOLIC_LINK) {
    throw new ArchiveUnsafe(path, 'is a link and not a file');
  }
}

function tooMuch(bytes: number): ArchiveTooLarge {
  return new ArchiveTooLarge(`it unpacks to more than ${Math.round(bytes / 1024 ** 2)} MiB`);
}

async function readBounded(
  stream: Readable,
  most: number,
  what: string,
  refusal = new ArchiveTooLarge(`${what} has more than ${Math.round(most / 1024 ** 2)} MiB`),
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw refusal;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** yauzl says in words what is wrong with a name; everything else is damage. */
function asRefusal(error: unknown): unknown {
  if (error instanceof ArchiveTooLarge || error instanceof ArchiveUnsafe) return error;
  const message = (error as { readonly message?: unknown } | null)?.message;
  const named =
    typeof message === 'string' ? /(?:path|characters|name)[^:]*: (.+)$/.exec(message)?.[1] : undefined;
  if (named !== undefined && /absolute|relative|invalid characters/.test(String(message))) {
    return new ArchiveUnsafe(named, 'leads out of the folder');
  }
  return new ArchiveUnreadable(error);
}

/** Many pack the folder itself: what is in the only folder is what is meant. */
function withoutOuterFolder(files: ReadonlyMap<string, Buffer>): BundleFiles {
  const [first] = files.keys();
  const folder = first?.includes('/') === true ? first.slice(0, first.indexOf('/') + 1) : null;
  if (
    folder === null ||
    files.has('tenant.yaml') ||
    ![...files.keys()].every((path) => path.startsWith(folder))
  ) {
    return files;
  }
  return new Map([...files].map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
