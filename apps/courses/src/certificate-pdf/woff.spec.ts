import { describe, expect, it } from '@jest/globals';
import { FontFiles, subsets } from './font-files.js';
import { plainFontOf } from './woff.js';

const TRUE_TYPE = 0x00010000;

describe(plainFontOf, () => {
  const files = new FontFiles();

  it.each(subsets)('unpacks the fonts of the subset %s to the last table', (subset) => {
    for (const face of ['serif', 'sans'] as const) {
      const font = files.bytes(face, subset);
      expect(font.readUInt32BE(0)).toBe(TRUE_TYPE);
      const count = font.readUInt16BE(4);
      const tables = Array.from({ length: count }, (_, index) => {
        const at = 12 + index * 16;
        return {
          tag: font.toString('latin1', at, at + 4),
          end: font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12),
        };
      });
      expect(tables.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx']));
      expect(Math.ceil(Math.max(...tables.map(({ end }) => end)) / 4) * 4).toBe(font.length);
    }
  });

  it('refuses what is no WOFF file', () => {
    expect(() => plainFontOf(Buffer.from('OTTO and more'))).toThrow('Not a WOFF font.');
  });
});

describe(FontFiles.name, () => {
  it.each([
    ['latin', 'Zoë', true],
    ['latin', 'Łukasz', false],
    ['latin-ext', 'Ł', true],
    ['greek', 'Αλέξανδρος', true],
    ['cyrillic', 'Дмитрий', true],
    ['vietnamese', 'ễ', true],
    ['latin', '山', false],
  ] as const)('says whether %s covers %s', (subset, text, isCovered) => {
    expect(new FontFiles().covers('serif', subset, text)).toBe(isCovered);
  });
});
