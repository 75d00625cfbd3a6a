import { createHash } from 'node:crypto';
import { type BrandAssetType, MAX_BRAND_ASSET_BYTES } from '#libs/contracts/tenants';
import { PictureTooLarge, PictureUnsupported } from './branding.errors.js';
import { cleanSvg } from './svg.js';

/** A logo or favicon that is safe to serve. */
export interface Picture {
  readonly contentType: BrandAssetType;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** Looks into the bytes to tell what they are, and cleans what can carry a script. */
export function toPicture(bytes: Buffer): Picture {
  if (bytes.length > MAX_BRAND_ASSET_BYTES) throw new PictureTooLarge();
  const contentType = typeOf(bytes);
  if (contentType === null) throw new PictureUnsupported();
  const safe = contentType === 'image/svg+xml' ? Buffer.from(requireSvg(bytes)) : bytes;
  return { contentType, bytes: safe, digest: createHash('sha256').update(safe).digest('hex') };
}

function typeOf(bytes: Buffer): BrandAssetType | null {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, [0x00, 0x00, 0x01, 0x00])) return 'image/x-icon';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') {
    return 'image/webp';
  }
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*>\s*)*<svg[\s>]/i.test(
    bytes.toString('utf8', 0, 4096).replace(/^\uFEFF/, ''),
  )
    ? 'image/svg+xml'
    : null;
}

function requireSvg(bytes: Buffer): string {
  const clean = cleanSvg(bytes.toString('utf8'));
  if (clean === null) throw new PictureUnsupported();
  return clean;
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return bytes.length > magic.length && magic.every((byte, index) => bytes[index] === byte);
}
