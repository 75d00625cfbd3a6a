import { describe, expect, it } from '@jest/globals';
import { manifestOf } from './manifest.js';

const academy = {
  id: '0190c0de-0000-7000-8000-000000000001',
  slug: 'acme',
  name: 'Acme Works Academy',
  branding: { logoUrl: null, faviconUrl: null, primaryColor: '#b3400a', secondaryColor: '#1b2430' },
  iconVersion: 'abc',
  signIn: { password: true, registration: 'invite' as const },
  locale: 'de-AT',
};

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string; readonly purpose: string }[];
}

describe(manifestOf.name, () => {
  it('has what a browser asks of an app that it installs', () => {
    const manifest = JSON.parse(manifestOf(academy)) as Manifest;
    expect(manifest).toMatchObject({
      id: '/',
      name: 'Acme Works Academy',
      short_name: 'Acme Works',
      start_url: '/',
      display: 'standalone',
      theme_color: '#1b2430',
      lang: 'de-AT',
      dir: 'ltr',
    });
    const sizes = manifest.icons.map(({ sizes: size, purpose }) => `${size} ${purpose}`);
    expect(sizes).toEqual(['192x192 any', '512x512 any', '192x192 maskable', '512x512 maskable']);
    for (const { src } of manifest.icons) {
      expect(src).toMatch(/^\/api\/v1\/brand\/icons\/[a-z0-9.-]+\?v=abc$/);
    }
  });

  it('reads from right to left where the language does', () => {
    expect(JSON.parse(manifestOf({ ...academy, locale: 'ar' }))).toMatchObject({ lang: 'ar', dir: 'rtl' });
  });

  it('shortens a long first word', () => {
    const { short_name: short } = JSON.parse(manifestOf({ ...academy, name: 'x'.repeat(80) })) as {
      short_name: string;
    };
    expect(short.length).toBeLessThan(30);
  });
});
