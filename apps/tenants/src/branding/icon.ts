import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrandIcon } from '#libs/contracts/tenants';
import { create, type Font } from 'fontkit';
import sharp from 'sharp';
import type { Picture } from './picture.js';

export interface IconSource {
  readonly name: string;
  /** Behind the picture, and behind the initials. */
  readonly color: string;
  readonly picture: Picture | null;
}

const FONT = '@fontsource/inter/files/inter-latin-700-normal.woff';
/** A maskable icon may be cut to a circle of 80 % of its width. */
const SAFE_PART = 0.6;
const PLAIN_PART = 0.8;
/** A drawing of more pixels than this is not opened. */
const MOST_PIXELS = 16_000_000;

/** An icon as PNG: the picture on white, or the initials on the brand's colour. */
export async function drawIcon(icon: BrandIcon, source: IconSource): Promise<Buffer> {
  const isMaskable = icon.startsWith('maskable-');
  const size = icon === 'mail.png' ? 96 : Number(/(\d+)\.png$/.exec(icon)?.[1] ?? 192);
  const drawn = source.picture === null ? null : await pictureIcon(source.picture, size, isMaskable);
  return drawn ?? initialsIcon(source, size, isMaskable);
}

/** Null when nothing here can read the picture (ICO, or a drawing that is broken). */
async function pictureIcon({ bytes }: Picture, size: number, isMaskable: boolean): Promise<Buffer | null> {
  const inner = Math.round(size * (isMaskable ? SAFE_PART : PLAIN_PART));
  try {
    const picture = await sharp(bytes, { limitInputPixels: MOST_PIXELS, density: 300 })
      .resize(inner, inner, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer();
    const white = { r: 255, g: 255, b: 255, alpha: 1 };
    return await sharp({ create: { width: size, height: size, channels: 4, background: white } })
      .composite([{ input: picture, gravity: 'centre' }])
      .png({ compressionLevel: 9 })
      .toBuffer();
  } catch {
    return null;
  }
}

async function initialsIcon({ name, color }: IconSource, size: number, isMaskable: boolean): Promise<Buffer> {
  const letters = await lettersPath(initialsOf(name), size * (isMaskable ? 0.34 : 0.44));
  const corner = isMaskable ? 0 : size * 0.22;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
<rect width="${size}" height="${size}" rx="${corner}" fill="${color}"/>
<g transform="translate(${(size - letters.width) / 2} ${(size + letters.height) / 2})" fill="#ffffff">${letters.paths}</g></svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer();
}

/** The first letters of the first two words; the font has Latin letters alone. */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9 ]+/g, ' ')
    .trim()
    .split(/ +/);
  const letters = words.slice(0, 2).map((word) => word.charAt(0).toUpperCase());
  return letters.join('') || 'H';
}

let font: Promise<Font> | undefined;

/** As outlines: an image is drawn alike on machines without fonts. */
async function lettersPath(
  text: string,
  size: number,
): Promise<{ readonly paths: string; readonly width: number; readonly height: number }> {
  font ??= readFile(createRequire(import.meta.url).resolve(FONT)).then((bytes) => create(bytes) as Font);
  const { unitsPerEm, capHeight, layout } = await font.then((loaded) => ({
    unitsPerEm: loaded.unitsPerEm,
    capHeight: loaded.capHeight,
    layout: loaded.layout(text),
  }));
  const scale = size / unitsPerEm;
  let x = 0;
  const paths = layout.glyphs.map((glyph, index) => {
    const path = `<path transform="translate(${x * scale} 0) scale(${scale} ${-scale})" d="${glyph.path.toSVG()}"/>`;
    x += layout.positions[index]?.xAdvance ?? glyph.advanceWidth;
    return path;
  });
  return { paths: paths.join(''), width: x * scale, height: capHeight * scale };
}
