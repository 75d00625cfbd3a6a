import { describe, expect, it } from '@jest/globals';
import { inflateSync } from 'node:zlib';
import type { Certificate } from '../certificate/certificate.js';
import type { Brand } from './brand.js';
import { PdfkitCertificatePrinter } from './pdfkit.certificate-printer.js';
import { readSvgLogo } from './svg-logo.js';

const certificate: Certificate = {
  ...{ id: '0b9c8f0e-5f0a-4b43-9b1b-6a7f3f1c2d11', enrolmentId: 'e', courseId: 'c', version: 1, userId: 'u' },
  ...{ learnerName: 'Łucja Żółkiewska', courseTitle: 'Fire safety', language: 'en' },
  ...{ issuedAt: new Date('2026-01-15T09:00:00Z'), expiresAt: null, revokedAt: null },
};
const brand: Brand = { name: 'Acme Works', primaryColor: '#b4400f', secondaryColor: '#1c2430', logo: null };
const url = `https://acme.example/certificates/${certificate.id}`;

const printer = new PdfkitCertificatePrinter();
const print = (overrides: Partial<Certificate> = {}, logo: Brand['logo'] = null) =>
  printer.print({ ...certificate, ...overrides }, { ...brand, logo }, url);

/** Operators of the page and everything else that is compressed. */
function contentsOf(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map(([, stream = '']) => {
      try {
        return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

describe(PdfkitCertificatePrinter.name, () => {
  it('makes one A4 page, landscape, that links to its verification', async () => {
    const pdf = await print();
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/);
    expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(text).toContain(`/URI (${url})`);
  });

  it('wears the tenant’s colours', async () => {
    const contents = contentsOf(await print());
    const primary = [0xb4, 0x40, 0x0f].map((part) => String(part / 255)).join(' ');
    expect(contents.includes(`${primary} scn`)).toBe(true);
  });

  it.each(['Дмитрий Καλλιστράτης', 'Nguyễn Văn', 'O’Brien-Sørensen', 'x'.repeat(200), '山田 🎓'])(
    'prints the name %s',
    async (learnerName) => {
      const pdf = await print({ learnerName, courseTitle: 'A rather long title, '.repeat(9).slice(0, 180) });
      expect(pdf.length).toBeGreaterThan(5_000);
    },
  );

  it('sets an Arabic name in a font that has its letters, joined', async () => {
    const pdf = await print({ learnerName: 'ليلى الحسن', courseTitle: 'السلامة من الحرائق', language: 'ar' });
    expect(pdf.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]+\+NotoNaskhArabic/);
  });

  it('embeds the fonts that it uses', async () => {
    expect((await print()).toString('latin1')).toMatch(/\/FontFile2|\/FontFile3/);
  });

  it.each([
    ['image/svg+xml', '<svg viewBox="0 0 10 10"><linearGradient/><rect width="10" height="10"/></svg>'],
    ['image/svg+xml', '<svg viewBox="0 0 10 10"><path d="M0 0L1e999 1"/></svg>'],
    ['image/svg+xml', '<svg viewBox="0 0 10 10"><rect width="1" height="1" transform="scale(1e999)"/></svg>'],
    ['image/png', 'not a picture'],
    ['image/webp', 'RIFF'],
  ])('prints the name where the logo of type %s cannot be drawn', async (contentType, bytes) => {
    const pdf = await print({}, { contentType, bytes: Buffer.from(bytes) });
    expect(pdf.length).toBeGreaterThan(5_000);
  });
});

describe(readSvgLogo, () => {
  it('reads plain shapes, groups and text', () => {
    const logo = readSvgLogo(
      '<svg viewBox="0 0 200 50"><g fill="#fff" transform="translate(2 3)"><rect width="9" height="9"/>' +
        '<path d="M0 0L1 1"/><polygon points="0,0 1,1 2,0"/></g><text x="3" y="4">A &amp; B</text></svg>',
    );
    expect(logo).toMatchObject({ width: 200, height: 50 });
  });

  it.each([
    '<svg viewBox="0 0 9 9"><defs><linearGradient id="a"/></defs><rect fill="url(#a)"/></svg>',
    '<svg viewBox="0 0 9 9"><rect fill="url(#a)" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><rect style="fill:red" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><use href="#x"/></svg>',
    '<svg viewBox="0 0 9 9"></svg>',
    '<svg><rect width="9" height="9"/></svg>',
    'no picture at all',
    '<a'.repeat(40_000),
    `<svg ${'a'.repeat(90_000)}>`,
    `<svg viewBox="0 0 9 9">${'<rect width="9" height="9"/>'.repeat(5_000)}</svg>`,
  ])('leaves %.60s to others, and at once', (svg) => {
    const start = performance.now();
    expect(readSvgLogo(svg)).toBeNull();
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
