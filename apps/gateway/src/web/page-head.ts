import { escapeHtml } from '#libs/kernel';
import type { TenantBrand } from '#libs/contracts/tenants';
import { onColor } from './contrast.js';
import { escapeJson } from './script-json.js';

/** What the web app is told before it starts: whose academy it is, or that it is the operator's. */
export type PagePayload = TenantBrand | { readonly mode: 'operator'; readonly name: string };

const PLATFORM = { primaryColor: '#3553a4', secondaryColor: '#1f2a44' } as const;

/** The part of a page's head that makes it the tenant's own before anything else is loaded. */
export function pageHead(payload: PagePayload, nonce: string): string {
  const { primaryColor, secondaryColor } = 'branding' in payload ? payload.branding : PLATFORM;
  const favicon = 'branding' in payload ? payload.branding.faviconUrl : null;
  const touch = 'branding' in payload ? `/api/v1/brand/icons/180.png?v=${payload.iconVersion}` : null;
  return [
    `<title>${escapeHtml(payload.name)}</title>`,
    `<link rel="icon" href="${escapeHtml(favicon ?? touch?.replace('180.png', '32.png') ?? 'data:,')}">`,
    ...(touch === null ? [] : [`<link rel="apple-touch-icon" href="${escapeHtml(touch)}">`]),
    '<link rel="manifest" href="/manifest.webmanifest">',
    `<meta name="theme-color" content="${escapeHtml(secondaryColor)}">`,
    // As an attribute that browsers hide from style sheets; React Aria and the loader of chunks read the property.
    `<meta property="csp-nonce" nonce="${nonce}">`,
    brandStyle(primaryColor, secondaryColor, nonce),
    `<script type="application/json" id="harka-tenant">${escapeJson(payload)}</script>`,
  ].join('\n    ');
}

export function brandStyle(primary: string, secondary: string, nonce: string): string {
  const colors = { primary: colorOf(primary), secondary: colorOf(secondary) };
  const properties = [
    `--brand-primary:${colors.primary}`,
    `--brand-secondary:${colors.secondary}`,
    `--on-brand-primary:${onColor(colors.primary)}`,
    `--on-brand-secondary:${onColor(colors.secondary)}`,
  ];
  return `<style nonce="${nonce}">:root{${properties.join(';')}}</style>`;
}

// A colour goes into a style sheet: nothing that is not one may.
function colorOf(text: string): string {
  return /^#[0-9a-f]{6}$/i.test(text) ? text : PLATFORM.primaryColor;
}
