import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { faultInArchive } from './archive.js';

interface GivenEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  /** What the table of contents says instead of the truth. */
  readonly claims?: number;
  readonly encrypted?: boolean;
  /** Where the table of contents says that it begins, instead of the truth. */
  readonly at?: number;
}

/** A ZIP with these entries, lies included. */
function zipOf(given: readonly GivenEntry[]): Buffer {
  const files: Buffer[] = [];
  const table: Buffer[] = [];
  let start = 0;
  for (const { name, content, stored = false, claims, encrypted = false, at } of given) {
    const packed = stored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(encrypted ? 1 : 0, 8);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claims ?? content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at ?? start, 42);
    const file = Buffer.concat([local, Buffer.from(name), packed]);
    files.push(file);
    table.push(entry, Buffer.from(name));
    start += file.length;
  }
  const contents = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(given.length, 10);
  end.writeUInt32LE(contents.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...files, contents, end]);
}

const examine = async (zip: Buffer) =>
  faultInArchive(zip.length, async ({ first, last }) => Readable.from([zip.subarray(first, last + 1)]));

const text = Buffer.from('Hello, world. '.repeat(100));
const MiB = 1024 ** 2;

describe(faultInArchive.name, () => {
  it('takes an archive that tells the truth', async () => {
    const zip = zipOf([
      { name: 'imsmanifest.xml', content: text },
      { name: 'pictures/a.png', content: text, stored: true },
      { name: 'empty/', content: Buffer.alloc(0), stored: true },
    ]);
    expect(await examine(zip)).toBeNull();
  });

  it('takes an archive without files', async () => {
    expect(await examine(zipOf([]))).toBeNull();
  });

  it('refuses what unpacks to hundreds of times its size', async () => {
    const zip = zipOf([{ name: 'zeros', content: Buffer.alloc(40 * MiB) }]);
    expect(zip.length).toBeLessThan(MiB);
    expect(await examine(zip)).toMatchObject({ code: 'media.archive_bomb' });
  });

  it('refuses what says less than it holds', async () => {
    const zip = zipOf([{ name: 'zeros', content: Buffer.alloc(40 * MiB), claims: 1_000 }]);
    const fault = await examine(zip);
    expect(fault).toMatchObject({ code: 'media.archive_bomb' });
    expect(fault?.detail).toContain('more than it says');
  });

  it('refuses what unpacks to more than 2 GiB, whatever its ratio', async () => {
    const zip = zipOf([{ name: 'a', content: text, claims: 0xf0000000 }]);
    expect(await examine(zip)).toMatchObject({ code: 'media.archive_bomb' });
  });

  it('refuses entries that share their bytes', async () => {
    const zip = zipOf([
      { name: 'a', content: text },
      { name: 'b', content: text, at: 0 },
    ]);
    expect(await examine(zip)).toMatchObject({ code: 'media.archive_bomb' });
  });

  it('refuses the escape values of huge archives', async () => {
    const zip = zipOf([{ name: 'a', content: text }]);
    zip.writeUInt16LE(0xffff, zip.length - 12);
    expect(await examine(zip)).toMatchObject({ code: 'media.archive_bomb' });
  });

  it.each(['inner.zip', 'deep/inner.TAR', 'x.7z'])('refuses an archive in the archive: %s', async (name) => {
    expect(await examine(zipOf([{ name, content: text }]))).toMatchObject({ code: 'media.archive_nested' });
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'a\\..\\..\\b', 'C:\\x'])(
    'refuses the name %s',
    async (name) => {
      expect(await examine(zipOf([{ name, content: text }]))).toMatchObject({ code: 'media.archive_unsafe' });
    },
  );

  it('refuses what nobody can look into', async () => {
    const zip = zipOf([{ name: 'a', content: text, encrypted: true }]);
    expect(await examine(zip)).toMatchObject({ code: 'media.archive_encrypted' });
  });

  it('refuses half an archive, and what only begins like one', async () => {
    const zip = zipOf([{ name: 'a', content: text }]);
    expect(await examine(zip.subarray(0, zip.length - 30))).toMatchObject({ code: 'media.archive_damaged' });
    expect(await examine(Buffer.from('PK\x03\x04'))).toMatchObject({ code: 'media.archive_damaged' });
  });
});
