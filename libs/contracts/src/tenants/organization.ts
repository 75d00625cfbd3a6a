import { z } from 'zod';
import { hexColor, plan, uuid } from '../index.js';
import { brandColors, locale, registrationPolicy, tenantName, tenantSettings } from './tenant.js';

export const brandAsset = z.enum(['logo', 'favicon']);
export type BrandAsset = z.infer<typeof brandAsset>;

/** What a logo or a favicon may be. The service looks into the bytes; the sender's word decides nothing. */
export const brandAssetTypes = ['image/png', 'image/svg+xml', 'image/x-icon', 'image/webp'] as const;
export type BrandAssetType = (typeof brandAssetTypes)[number];
export const MAX_BRAND_ASSET_BYTES = 512 * 1024;

/** The icons of an academy: what home screens, tabs and mails ask for. */
export const brandIcons = [
  '32.png',
  '180.png',
  '192.png',
  '512.png',
  'maskable-192.png',
  'maskable-512.png',
  'mail.png',
] as const;
export const brandIcon = z.enum(brandIcons);
export type BrandIcon = z.infer<typeof brandIcon>;

const assetUrls = {
  /** A path on the tenant's own host that changes with the picture, or null. */
  logoUrl: z.string().nullable(),
  faviconUrl: z.string().nullable(),
};

/** The public face of a tenant: its brand and the ways to sign in. */
export const tenantBrand = z.strictObject({
  id: uuid(),
  slug: z.string(),
  name: z.string(),
  branding: z.strictObject({ ...assetUrls, ...brandColors.shape }),
  /** Names the look of the icons: `/api/v1/brand/icons/192.png?v=…` may be cached for good. */
  iconVersion: z.string(),
  signIn: z.strictObject({
    /** Whether people sign in by e-mail and password. */
    password: z.boolean(),
    registration: registrationPolicy,
  }),
  locale,
});
export type TenantBrand = z.infer<typeof tenantBrand>;

/** The organisation as its members see it. */
export const organization = z.strictObject({
  id: uuid(),
  name: z.string(),
  domain: z.string(),
  plan,
  users: z.strictObject({
    /** Null: without limit. */
    limit: z.int().nonnegative().nullable(),
    active: z.int().nonnegative(),
  }),
  features: z.strictObject({
    sso: z.boolean(),
    customBranding: z.boolean(),
    apiAccess: z.boolean(),
    advancedAnalytics: z.boolean(),
    customAI: z.boolean(),
  }),
  branding: z.strictObject({
    logo: z.string().nullable(),
    primaryColor: hexColor(),
    secondaryColor: hexColor(),
    favicon: z.string().nullable(),
  }),
});
export type Organization = z.infer<typeof organization>;

export const brandingView = z.strictObject({ name: z.string(), ...assetUrls, ...brandColors.shape });
export type BrandingView = z.infer<typeof brandingView>;

export const brandingPatch = z.strictObject({ name: tenantName, ...brandColors.shape }).partial();
export type BrandingPatch = z.output<typeof brandingPatch>;

export const settingsView = z.strictObject({ name: tenantName, ...tenantSettings.shape });
export type SettingsView = z.infer<typeof settingsView>;

export const settingsPatch = settingsView.partial();
export type SettingsPatch = z.output<typeof settingsPatch>;
