import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { downloadOf } from './media.download.js';
import type { StoredObject } from './media-object.js';

const object: StoredObject = {
  id: '0190c0de-0000-7000-8000-000000000001',
  name: 'Brandschutz "Übung".png',
  contentType: 'image/png',
  bytes: 100,
  sha256: 'a'.repeat(64),
  uploadedBy: null,
  createdAt: new Date(0),
};
const whole = () => downloadOf({ object, content: Readable.from('x'), range: null }).options;

describe(downloadOf.name, () => {
  it('names the file for old and new browsers without letting the name out of its quotes', () => {
    expect(whole().headers?.['content-disposition']).toBe(
      `inline; filename="Brandschutz __bung_.png"; filename*=UTF-8''Brandschutz%20%22%C3%9Cbung%22.png`,
    );
  });

  it('lets no script of a file run as ours', () => {
    expect(whole().headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox$/),
      'x-content-type-options': 'nosniff',
    });
  });

  it('answers a range as a part', () => {
    const part = downloadOf({ object, content: Readable.from('x'), range: { first: 10, last: 19 } }).options;
    expect(part).toMatchObject({ status: 206, length: 10, headers: { 'content-range': 'bytes 10-19/100' } });
  });

  it('names the size where a range is outside', () => {
    const refusal = downloadOf({ object, content: null, range: 'out_of_range' }).options;
    expect(refusal).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */100' } });
  });

  it('sends nothing to whoever has it', () => {
    const known = downloadOf({ object, content: null, range: null });
    expect(known.content).toBeNull();
    expect(known.options).toMatchObject({ status: 304, headers: { etag: `"${object.sha256}"` } });
  });
});
