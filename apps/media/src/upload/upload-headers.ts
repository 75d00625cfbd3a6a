import { mediaName, tusHeaders } from '#libs/contracts/media';
import { UploadHeaderInvalid } from './upload.errors.js';

type Headers = Readonly<Record<string, string | undefined>>;

/** What a sender announces. @throws DomainError `upload.header_invalid` */
export function announcedIn(headers: Headers): { name: string; bytes: number } {
  const bytes = countIn(headers, tusHeaders.length, 'the length of the file in bytes, at least 1');
  if (bytes < 1) throw new UploadHeaderInvalid(tusHeaders.length, 'the file is empty');
  return { name: nameIn(headers[tusHeaders.metadata] ?? ''), bytes };
}

/** Where a part begins. @throws DomainError `upload.header_invalid` */
export function offsetIn(headers: Headers): number {
  return countIn(headers, tusHeaders.offset, 'the byte that the part begins with');
}

function countIn(headers: Headers, name: string, meaning: string): number {
  const value = headers[name] ?? '';
  if (!/^\d{1,15}$/.test(value)) throw new UploadHeaderInvalid(name, `expected is ${meaning}`);
  return Number(value);
}

/** `filename bmFtZQ==,filetype …`: only the name counts, the kind is what the bytes say. */
function nameIn(metadata: string): string {
  const encoded = metadata
    .slice(0, 2_000)
    .split(',')
    .map((pair) => pair.trim().split(' '))
    .find(([key]) => key === 'filename')?.[1];
  const name = mediaName.safeParse(Buffer.from(encoded ?? '', 'base64').toString('utf8'));
  if (name.success) return name.data;
  throw new UploadHeaderInvalid(tusHeaders.metadata, 'expected is "filename" with a file name in base64');
}
