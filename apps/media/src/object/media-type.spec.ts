import { describe, expect, it } from '@jest/globals';
import { isShownInline, mediaTypeOf } from './media-type.js';

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))),
  );

describe(mediaTypeOf.name, () => {
  it.each([
    ['a.png', bytes(0x89, 'PNG\r\n', 0x1a, '\n'), 'image/png'],
    ['a.jpg', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['a.gif', bytes('GIF89a'), 'image/gif'],
    ['a.webp', bytes('RIFF1234WEBP'), 'image/webp'],
    ['a.pdf', bytes('%PDF-1.7'), 'application/pdf'],
    ['a.mp4', bytes(0, 0, 0, 24, 'ftypisom'), 'video/mp4'],
    ['a.m4a', bytes(0, 0, 0, 24, 'ftypM4A '), 'audio/mp4'],
    ['a.webm', bytes(0x1a, 'E', 0xdf, 0xa3, '....webm'), 'video/webm'],
    ['a.mp3', bytes('ID3', 3), 'audio/mpeg'],
    ['a.mp3', bytes(0xff, 0xfb, 0x90), 'audio/mpeg'],
    ['a.ogg', bytes('OggS'), 'audio/ogg'],
    ['a.zip', bytes('PK', 3, 4), 'application/zip'],
    ['a.txt', Buffer.from('Grüße'), 'text/plain'],
    ['a.csv', Buffer.from('a,b\n1,2'), 'text/csv'],
    ['a.vtt', Buffer.from('WEBVTT\n'), 'text/vtt'],
    ['a.svg', Buffer.from('<?xml version="1.0"?><svg xmlns="x"/>'), 'image/svg+xml'],
  ])('knows %s', (name, head, type) => {
    expect(mediaTypeOf(head, name)).toBe(type);
  });

  it('tells office documents apart by their names', () => {
    expect(mediaTypeOf(bytes('PK', 3, 4), 'a.DOCX')).toMatch(/wordprocessingml/);
    expect(mediaTypeOf(bytes('PK', 3, 4), 'a.jar')).toBeNull();
  });

  it('believes the bytes and not the name', () => {
    expect(mediaTypeOf(bytes(0x89, 'PNG\r\n', 0x1a, '\n'), 'page.html')).toBe('image/png');
    expect(mediaTypeOf(Buffer.from('<script>alert(1)</script>'), 'a.png')).toBeNull();
  });

  it.each([
    ['page.html', Buffer.from('<!doctype html>')],
    ['run.exe', bytes('MZ', 0x90, 0)],
    ['a.svg', Buffer.from('<p>not a drawing</p>')],
    ['a.vtt', Buffer.from('no cues')],
    ['a.txt', bytes('text with ', 0)],
    ['a.txt', bytes(0xc3, 0x28, 'broken UTF-8')],
    ['none', Buffer.from('text')],
  ])('takes nothing like %s', (name, head) => {
    expect(mediaTypeOf(head, name)).toBeNull();
  });

  it('takes text whose head ends within a character', () => {
    expect(mediaTypeOf(Buffer.from('aaaü').subarray(0, 4), 'a.txt')).toBe('text/plain');
  });
});

describe(isShownInline.name, () => {
  it('shows pictures, sound, film and PDF, and saves the rest', () => {
    expect(isShownInline('image/svg+xml')).toBe(true);
    expect(isShownInline('application/pdf')).toBe(true);
    expect(isShownInline('text/csv')).toBe(false);
    expect(isShownInline('application/zip')).toBe(false);
  });
});
