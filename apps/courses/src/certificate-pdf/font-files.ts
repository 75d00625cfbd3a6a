import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { plainFontOf } from './woff.js';

export type Face = 'serif' | 'serif-italic' | 'sans' | 'sans-bold';

/** In the order in which they are tried for a word. */
export const subsets = [
  'latin',
  'latin-ext',
  'vietnamese',
  'greek',
  'cyrillic',
  'cyrillic-ext',
  'arabic',
] as const;
export type Subset = (typeof subsets)[number];

const families = { serif: 'source-serif-4', sans: 'inter' } as const;
/** One book hand stands for both where they have no letters of their own; it has no italic, as no Arabic hand has. */
const ARABIC = 'noto-naskh-arabic';
const styles: Readonly<Record<Face, { family: keyof typeof families; style: string }>> = {
  serif: { family: 'serif', style: '600-normal' },
  'serif-italic': { family: 'serif', style: '400-italic' },
  sans: { family: 'sans', style: '400-normal' },
  'sans-bold': { family: 'sans', style: '600-normal' },
};

const familyOf = (face: Face, subset: Subset): string =>
  subset === 'arabic' ? ARABIC : families[styles[face].family];

type Ranges = readonly (readonly [from: number, to: number])[];

/** The fonts that are printed with, each split by script as the packages ship them; read when first needed. */
export class FontFiles {
  private readonly require = createRequire(import.meta.url);
  private readonly files = new Map<string, Buffer>();
  private readonly ranges = new Map<string, Readonly<Record<string, Ranges>>>();

  bytes(face: Face, subset: Subset): Buffer {
    const family = familyOf(face, subset);
    const style = subset === 'arabic' ? styles[face].style.replace('italic', 'normal') : styles[face].style;
    const name = `@fontsource/${family}/files/${family}-${subset}-${style}.woff`;
    const known = this.files.get(name);
    if (known !== undefined) return known;
    const bytes = plainFontOf(readFileSync(this.require.resolve(name)));
    this.files.set(name, bytes);
    return bytes;
  }

  /** Whether the subset draws every character of the text. */
  covers(face: Face, subset: Subset, text: string): boolean {
    const ranges = this.rangesOf(familyOf(face, subset))[subset] ?? [];
    return Array.from(text).every((character) => {
      const code = character.codePointAt(0) ?? 0;
      return ranges.some(([from, to]) => code >= from && code <= to);
    });
  }

  private rangesOf(family: string): Readonly<Record<string, Ranges>> {
    const known = this.ranges.get(family);
    if (known !== undefined) return known;
    const path = this.require.resolve(`@fontsource/${family}/unicode.json`);
    const given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
    const parsed = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, rangesIn(text)]));
    this.ranges.set(family, parsed);
    return parsed;
  }
}

/** `U+0000-00FF,U+0131` as numbers. */
function rangesIn(text: string): Ranges {
  return text.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
}
