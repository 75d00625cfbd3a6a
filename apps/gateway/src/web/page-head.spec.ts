import { describe, expect, it } from '@jest/globals';
import type { TenantBrand } from '#libs/contracts/tenants';
import { onColor } from './contrast.js';
import { pageHead } from './page-head.js';
import { PageTemplate } from './page-template.js';

const brand: TenantBrand = {
  id: '0190c0de-0000-7000-8000-000000000001',
  slug: 'acme',
  name: 'Acme Works',
  branding: {
    logoUrl: '/api/v1/brand/logo?v=1',
    faviconUrl: '/api/v1/brand/favicon?v=1',
    primaryColor: '#b3400a',
    secondaryColor: '#1b2430',
  },
  iconVersion: 'v1',
  signIn: { password: true, registration: 'invite' },
  locale: 'de-AT',
};

describe(pageHead.name, () => {
  it('makes the page the tenant’s own', () => {
    const head = pageHead(brand, 'n0nce');
    expect(head).toContain('<title>Acme Works</title>');
    expect(head).toContain('href="/api/v1/brand/favicon?v=1"');
    expect(head).toContain('content="#1b2430"');
    expect(head).toContain('<style nonce="n0nce">:root{--brand-primary:#b3400a;--brand-secondary:#1b2430;');
    expect(JSON.parse(/id="harka-tenant">(.*)<\/script>/.exec(head)?.[1] ?? '')).toEqual(brand);
  });

  it('lets no name out of its place', () => {
    const hostile = { ...brand, name: '</title></script><script>alert(1)</script>$&$1' };
    const page = new PageTemplate('<html lang="en"><head><!--harka:head--></head></html>').render(
      pageHead(hostile, 'n'),
      'en',
      'n',
    );
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    expect(JSON.parse(/id="harka-tenant">(.*)<\/script>/.exec(page)?.[1] ?? '')).toEqual(hostile);
  });

  it('takes nothing for a colour that is none', () => {
    const hostile = { ...brand, branding: { ...brand.branding, primaryColor: 'red}body{display:none' } };
    expect(pageHead(hostile, 'n')).not.toContain('red}body{display:none;');
    expect(/<style[^>]*>(.*)<\/style>/.exec(pageHead(hostile, 'n'))?.[1]).not.toContain('display');
  });
});

describe(PageTemplate.name, () => {
  it('writes the language of the tenant', () => {
    const template = new PageTemplate('<html lang="en" class="x"><head><!--harka:head--></head></html>');
    expect(template.render('H', 'de-AT', 'n')).toBe('<html lang="de-AT" class="x"><head>H</head></html>');
  });

  it('refuses a page without a place for it', () => {
    expect(() => new PageTemplate('<html></html>')).toThrow('harka:head');
  });
});

describe(onColor.name, () => {
  it.each([
    ['#000000', '#ffffff'],
    ['#1b2430', '#ffffff'],
    ['#b3400a', '#ffffff'],
    ['#ffffff', '#111111'],
    ['#ffd400', '#111111'],
  ])('writes on %s in %s', (background, ink) => {
    expect(onColor(background)).toBe(ink);
  });
});
