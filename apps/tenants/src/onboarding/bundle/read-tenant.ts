import { plan } from '#libs/contracts';
import {
  brandColors,
  explainContrast,
  locale,
  registrationPolicy,
  tenantName,
  tenantSettings,
  tenantSlug,
  unreadablePairs,
} from '#libs/contracts/tenants';
import { DomainError } from '#libs/kernel';
import { z } from 'zod';
import { toPicture } from '../../branding/picture.js';
import type { Bundle, BundleFiles } from './bundle.js';
import type { Issues, Place } from './issues.js';
import { decodeText } from './text-file.js';
import { parseYaml, type Located } from './yaml-file.js';

export const TENANT_FILE = 'tenant.yaml';

const picturePath = z.string().min(1).max(300);
const manifest = z.strictObject({
  slug: tenantSlug,
  name: tenantName,
  plan,
  locale: locale.default('en'),
  branding: z.strictObject({
    ...brandColors.shape,
    logo: picturePath.optional(),
    favicon: picturePath.optional(),
  }),
  settings: z
    .strictObject({
      registration: registrationPolicy.default('invite'),
      emailDomains: tenantSettings.shape.emailDomains.default([]),
    })
    .default({ registration: 'invite', emailDomains: [] }),
});
type Manifest = Located<z.output<typeof manifest>>;

export interface ReadTenant {
  readonly tenant: Bundle['tenant'];
  /** Where the slug stands, for whoever finds out that it is taken. */
  readonly slugAt: Place;
}

/** Reads tenant.yaml and looks at the pictures that it names. */
export function readTenant(files: BundleFiles, used: Set<string>, issues: Issues): ReadTenant | null {
  const bytes = files.get(TENANT_FILE);
  if (bytes === undefined) {
    issues.add(TENANT_FILE, null, {
      code: 'file_missing',
      detail: 'The folder has no tenant.yaml.',
      help: 'Add it with slug, name, plan and branding. Is this the right folder?',
    });
    return null;
  }
  used.add(TENANT_FILE);
  const text = decodeText(TENANT_FILE, bytes, issues);
  const read = text === null ? null : parseYaml({ file: TENANT_FILE, text }, manifest, issues);
  if (read === null) {
    // What tenant.yaml would have named cannot be told: blame none of its pictures.
    for (const path of files.keys()) if (path.startsWith('brand/')) used.add(path);
    return null;
  }
  checkColors(read, issues);
  checkRegistration(read, issues);
  for (const asset of ['logo', 'favicon'] as const) checkPicture(asset, read, files, used, issues);
  const { slug, name, plan: chosen, locale: language, branding, settings } = read.value;
  return {
    slugAt: read.at('slug'),
    tenant: {
      slug,
      name,
      plan: chosen,
      colors: { primaryColor: branding.primaryColor, secondaryColor: branding.secondaryColor },
      settings: { ...settings, locale: language },
      logo: branding.logo ?? null,
      favicon: branding.favicon ?? null,
    },
  };
}

function checkColors({ value, at }: Manifest, issues: Issues): void {
  for (const pair of unreadablePairs(value.branding)) {
    issues.add(TENANT_FILE, at('branding', pair.color), {
      code: 'contrast_too_low',
      detail: explainContrast(pair),
      help: `Use ${pair.suggestion} or a darker colour.`,
    });
  }
}

function checkRegistration({ value, at }: Manifest, issues: Issues): void {
  if (value.settings.registration !== 'domain' || value.settings.emailDomains.length > 0) return;
  issues.add(TENANT_FILE, at('settings', 'registration'), {
    code: 'email_domains_missing',
    detail: 'Registration by e-mail domain needs at least one domain.',
    help: 'Add settings.emailDomains, or choose invite or open.',
  });
}

function checkPicture(
  asset: 'logo' | 'favicon',
  { value, at }: Manifest,
  files: BundleFiles,
  used: Set<string>,
  issues: Issues,
): void {
  const path = value.branding[asset];
  if (path === undefined) return;
  used.add(path);
  const bytes = files.get(path);
  if (bytes === undefined) {
    issues.add(TENANT_FILE, at('branding', asset), {
      code: 'file_missing',
      detail: `There is no file ${path}.`,
      help: 'Paths are relative to the folder that holds tenant.yaml.',
    });
    return;
  }
  try {
    toPicture(bytes);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    issues.add(path, null, {
      code: 'picture_unusable',
      detail: error.message,
      help: 'Save it as SVG or PNG, at most 512 KiB.',
    });
  }
}
