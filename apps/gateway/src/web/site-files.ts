import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import mime from 'mime';

export type Encoding = 'br' | 'gzip' | 'identity';

/** A file of the web app, held in memory; there are few and they are small. */
export interface SiteFile {
  readonly contentType: string;
  readonly etag: string;
  /** Its name changes with its content, so a browser may keep it for good. */
  readonly immutable: boolean;
  body(encoding: Encoding): Promise<Buffer>;
  readonly compressible: boolean;
}

const HASHED = 'assets/';
const compressibleTypes = /^(?:text\/|application\/(?:javascript|json|manifest\+json)|image\/svg)/;

/** The built web app: `path -> file`, without `index.html`, which is a template. */
export async function readSite(
  folder: string,
): Promise<{ files: ReadonlyMap<string, SiteFile>; index: string | null }> {
  const files = new Map<string, SiteFile>();
  let index: string | null = null;
  for (const name of await namesIn(folder)) {
    const bytes = await readFile(join(folder, name));
    if (name === 'index.html') index = bytes.toString('utf8');
    else files.set(`/${name}`, siteFile(name, bytes));
  }
  return { files, index };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function siteFile(name: string, bytes: Buffer): SiteFile {
  const type = mime.getType(name) ?? 'application/octet-stream';
  const compressed = new Map<Encoding, Promise<Buffer>>();
  const compressible = compressibleTypes.test(type) && bytes.length > 1_000;
  return {
    contentType: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith(HASHED),
    compressible,
    async body(encoding) {
      if (encoding === 'identity' || !compressible) return bytes;
      const known = compressed.get(encoding) ?? compress(bytes, encoding);
      compressed.set(encoding, known);
      return known;
    },
  };
}

async function compress(bytes: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(bytes, { level: 9 });
  return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

/** The best encoding that a browser takes (RFC 9110, 12.5.3; weights are not weighed beyond zero). */
export function encodingFor(acceptEncoding: string | undefined): Encoding {
  const accepted = new Set(
    (acceptEncoding ?? '')
      .toLowerCase()
      .split(',')
      .map((entry) => entry.trim().split(/\s*;\s*/))
      .filter(([, weight]) => weight === undefined || !/^q=0(?:\.0*)?$/.test(weight))
      .map(([name]) => name),
  );
  if (accepted.has('br')) return 'br';
  return accepted.has('gzip') ? 'gzip' : 'identity';
}
