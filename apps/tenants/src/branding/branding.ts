import { createHash } from 'node:crypto';
import {
  unreadablePairs,
  type BrandAsset,
  type BrandColors,
  type BrandingView,
} from '#libs/contracts/tenants';
import { ContrastTooLow } from './branding.errors.js';

/** Two colours, and the pictures by their SHA-256. */
export interface Branding extends BrandColors {
  readonly logo: string | null;
  readonly favicon: string | null;
}

export const plainBranding: Branding = {
  primaryColor: '#1d4ed8',
  secondaryColor: '#0f172a',
  logo: null,
  favicon: null,
};

/** @throws ContrastTooLow that names every colour that white text cannot be read on. */
export function requireReadable(colors: BrandColors, at = ''): void {
  const pairs = unreadablePairs(colors);
  if (pairs.length > 0) throw new ContrastTooLow(pairs, at);
}

/** A path that changes with the picture, so that it may be cached for ever. */
export function assetUrl(branding: Branding, asset: BrandAsset): string | null {
  const digest = branding[asset];
  return digest === null ? null : `/api/v1/brand/${asset}?v=${digest.slice(0, 16)}`;
}

export function toBrandingView(name: string, branding: Branding): BrandingView {
  return { name, ...brandUrls(branding) };
}

export function brandUrls(branding: Branding) {
  return {
    logoUrl: assetUrl(branding, 'logo'),
    faviconUrl: assetUrl(branding, 'favicon'),
    primaryColor: branding.primaryColor,
    secondaryColor: branding.secondaryColor,
  };
}

/** Changes with whatever an icon is drawn from. */
export function iconVersion(name: string, { logo, favicon, primaryColor }: Branding): string {
  const looks = JSON.stringify([favicon ?? logo ?? name, primaryColor]);
  return createHash('sha256').update(looks).digest('hex').slice(0, 16);
}
