import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { readArchive, type ArchiveLimits } from './read-archive.js';

const limits: ArchiveLimits = { packedBytes: 200_000, contentBytes: 300_000, files: 20 };

async function zipOf(files: Readonly<Record<string, string | Buffer>>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(content), path, mode === undefined ? {} : { mode });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const read = async (bytes: Buffer) => readArchive(Readable.from([bytes]), limits);

/** yazl writes no bad name, so a good one of the same length is overwritten. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

describe(readArchive.name, () => {
  it('gives the files by their paths', async () => {
    const files = await read(await zipOf({ 'tenant.yaml': 'slug: x', 'courses/a/course.yaml': 'title: A' }));
    expect([...files.keys()]).toEqual(['tenant.yaml', 'courses/a/course.yaml']);
    expect(files.get('tenant.yaml')?.toString()).toBe('slug: x');
  });

  it('looks into the folder that was packed as a whole, and past what systems leave behind', async () => {
    const files = await read(
      await zipOf({ 'acme/tenant.yaml': 'x', 'acme/.DS_Store': 'x', '__MACOSX/acme/._tenant.yaml': 'x' }),
    );
    expect([...files.keys()]).toEqual(['tenant.yaml']);
  });

  it.each([
    ['aaaaaaaaaaa', '../../../ab'],
    ['aaaaaaaaaaa', '/etc/passwd'],
    ['aaaaaaaaaaa', 'a\\..\\..\\bcd'],
    ['aaaaaaaaaaa', 'C:/abcdefgh'],
  ])('refuses a name that leads out of the folder (%s as %s)', async (from, to) => {
    const bytes = renamed(await zipOf({ [from]: 'x' }), from, to);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'onboarding.archive_unsafe' });
  });

  it('refuses a link', async () => {
    const bytes = await zipOf({ 'users.csv': '/etc/passwd' }, 0o120777);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'onboarding.archive_unsafe' });
  });

  it('stops at the limit of what unpacks, whatever the entries say of themselves', async () => {
    const bomb = await zipOf({ 'a.txt': Buffer.alloc(2_000_000) });
    await expect(read(bomb)).rejects.toMatchObject({ code: 'onboarding.archive_too_large' });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(2_000_000);
    const small = Buffer.alloc(4);
    small.writeUInt32LE(10);
    const lying = renamed(bomb, size.toString('latin1'), small.toString('latin1'));
    await expect(read(lying)).rejects.toMatchObject({
      code: expect.stringMatching(/^onboarding\.archive_/) as unknown,
    });
  });

  it('refuses too many files, too large a file, and what is no archive', async () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`f${n}`, 'x']));
    await expect(read(await zipOf(many))).rejects.toMatchObject({ code: 'onboarding.archive_too_large' });
    await expect(read(Buffer.alloc(200_001))).rejects.toMatchObject({ code: 'onboarding.archive_too_large' });
    await expect(read(Buffer.from('no zip'))).rejects.toMatchObject({
      code: 'onboarding.archive_unreadable',
    });
    await expect(read(Buffer.alloc(0))).rejects.toMatchObject({ code: 'onboarding.archive_unreadable' });
  });
});
