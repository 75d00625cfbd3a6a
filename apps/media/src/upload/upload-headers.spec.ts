import { describe, expect, it } from '@jest/globals';
import { announcedIn, offsetIn } from './upload-headers.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe(announcedIn.name, () => {
  it('reads name and length', () => {
    const headers = {
      'upload-length': '42',
      'upload-metadata': `filetype ${base64('image/png')},filename ${base64('Größe ☃.png')}`,
    };
    expect(announcedIn(headers)).toEqual({ name: 'Größe ☃.png', bytes: 42 });
  });

  it.each([
    ['no length', undefined, `filename ${base64('a')}`],
    ['no number', 'many', `filename ${base64('a')}`],
    ['a negative length', '-1', `filename ${base64('a')}`],
    ['an empty file', '0', `filename ${base64('a')}`],
    ['no name', '1', ''],
    ['a name that is a path', '1', `filename ${base64('../../etc/passwd')}`],
    ['a name of nothing', '1', 'filename'],
  ])('refuses %s', (_, length, metadata) => {
    expect(() => announcedIn({ 'upload-length': length, 'upload-metadata': metadata })).toThrow(
      expect.objectContaining({ code: 'upload.header_invalid' }),
    );
  });
});

describe(offsetIn.name, () => {
  it.each([undefined, '', '1.5', '1e3', ' 1'])('refuses %p', (offset) => {
    expect(() => offsetIn({ 'upload-offset': offset })).toThrow();
  });

  it('reads where a part begins', () => {
    expect(offsetIn({ 'upload-offset': '8388608' })).toBe(8_388_608);
  });
});
