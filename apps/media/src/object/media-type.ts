import { isUtf8 } from 'node:buffer';
import type { MediaType } from '#libs/contracts/media';

interface Signature {
  readonly type: MediaType;
  readonly matches: (head: Buffer) => boolean;
}

const at = (offset: number, magic: string) => (head: Buffer) =>
  head.subarray(offset, offset + magic.length).equals(Buffer.from(magic, 'latin1'));

const signatures: readonly Signature[] = [
  { type: 'image/png', matches: at(0, '\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', matches: at(0, '\xff\xd8\xff') },
  { type: 'image/gif', matches: (head) => at(0, 'GIF87a')(head) || at(0, 'GIF89a')(head) },
  { type: 'image/webp', matches: (head) => at(0, 'RIFF')(head) && at(8, 'WEBP')(head) },
  { type: 'application/pdf', matches: at(0, '%PDF-') },
  { type: 'audio/mp4', matches: (head) => at(4, 'ftypM4A ')(head) || at(4, 'ftypM4B ')(head) },
  { type: 'video/mp4', matches: at(4, 'ftyp') },
  { type: 'video/webm', matches: (head) => at(0, '\x1aE\xdf\xa3')(head) && head.includes('webm') },
  { type: 'audio/ogg', matches: at(0, 'OggS') },
  { type: 'audio/mpeg', matches: (head) => at(0, 'ID3')(head) || isMpegFrame(head) },
];

/** An MPEG audio frame begins with eleven bits set; layer III is the only one that is still met. */
function isMpegFrame(head: Buffer): boolean {
  return head.length > 2 && head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2;
}

const office: Readonly<Record<string, MediaType>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

/** Text has no signature: its name must say what it is, and its bytes must be text. */
const texts: Readonly<Record<string, MediaType>> = {
  txt: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  vtt: 'text/vtt',
  svg: 'image/svg+xml',
};

/** What a file is by its first bytes, or null for what is not taken. A name only tells kinds apart that look alike. */
export function mediaTypeOf(head: Buffer, name: string): MediaType | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const signature = signatures.find(({ matches }) => matches(head));
  if (signature !== undefined) return signature.type;
  if (at(0, 'PK\x03\x04')(head)) return office[extension] ?? null;
  const type = texts[extension];
  if (type === undefined || !isText(head)) return null;
  if (type === 'image/svg+xml' && !/<svg[\s>]/i.test(head.toString('utf8'))) return null;
  return type === 'text/vtt' &&
    !head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .startsWith('WEBVTT')
    ? null
    : type;
}

function isText(head: Buffer): boolean {
  // The head may end in the middle of a character, at most three bytes into it.
  const whole = [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
  return whole && !head.includes(0);
}

/** What a browser may show in the page; the rest is only ever saved. */
export function isShownInline(type: MediaType): boolean {
  return /^(?:image|video|audio)\//.test(type) || type === 'application/pdf' || type === 'text/vtt';
}
