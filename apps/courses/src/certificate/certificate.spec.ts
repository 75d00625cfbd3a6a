import { describe, expect, it } from '@jest/globals';
import { aContext, aTenant, aUser } from '#libs/tenancy/testing';
import { runInContext } from '#libs/tenancy';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { BrandSource, type Brand } from '../certificate-pdf/brand.js';
import { CertificatePrinter } from '../certificate-pdf/certificate-printer.js';
import { codeOf, type Certificate } from './certificate.js';
import { FakeCertificateRepository } from './certificate.fake-repository.js';
import { PrintCertificate } from './print-certificate.use-case.js';
import { ShowCertificate } from './show-certificate.use-case.js';

class PlainBrand extends BrandSource {
  async current(): Promise<Brand> {
    return { name: 'Acme', primaryColor: '#000000', secondaryColor: '#000000', logo: null };
  }
}

class TextPrinter extends CertificatePrinter {
  async print({ learnerName }: Certificate, { name }: Brand, url: string): Promise<Buffer> {
    return Buffer.from(`${learnerName} at ${name}, see ${url}`);
  }
}

function aCertificate(overrides: Partial<Certificate> = {}): Certificate {
  return {
    ...{ id: newId(), enrolmentId: newId(), courseId: newId(), version: 1, userId: newId() },
    ...{ learnerName: 'Sam Sample', courseTitle: 'Fire safety', language: 'en' },
    ...{ issuedAt: new Date('2026-01-15T09:00:00Z'), expiresAt: null, revokedAt: null },
    ...overrides,
  };
}

describe(codeOf, () => {
  it('is short, steady and without letters that look like digits', () => {
    const id = newId();
    expect(codeOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(codeOf(id)).toBe(codeOf(id));
    expect(codeOf(newId())).not.toBe(codeOf(id));
  });
});

describe(ShowCertificate.name, () => {
  const certificates = new FakeCertificateRepository();
  const show = new ShowCertificate(certificates, new FixedClock(Date.UTC(2026, 2, 1)));
  const as = <R>(work: () => Promise<R>) =>
    runInContext(aContext({ tenant: aTenant({ name: 'Acme Works' }) }), work);

  it('verifies to anybody who knows the id, and tells no more than what is printed', async () => {
    const certificate = aCertificate();
    certificates.certificates.push(certificate);
    const shown = await as(() => show.execute(certificate.id));
    expect(shown).toEqual({
      ...{
        id: certificate.id,
        code: codeOf(certificate.id),
        status: 'valid',
        expiresAt: null,
        revokedAt: null,
      },
      ...{ learnerName: 'Sam Sample', courseTitle: 'Fire safety', issuedAt: '2026-01-15T09:00:00.000Z' },
      ...{ url: `/certificates/${certificate.id}`, pdfUrl: `/api/v1/certificates/${certificate.id}/pdf` },
      tenant: { name: 'Acme Works' },
    });
  });

  it('says until when it holds, and that it held', async () => {
    const status = async (expiresAt: Date) => {
      const certificate = aCertificate({ expiresAt });
      certificates.certificates.push(certificate);
      return (await as(() => show.execute(certificate.id))).status;
    };
    expect(await status(new Date('2026-03-02T23:59:59Z'))).toBe('valid');
    expect(await status(new Date('2026-02-28T23:59:59Z'))).toBe('expired');
  });

  it('says so when it was revoked, and knows nothing of others', async () => {
    const revokedAt = new Date('2026-02-01T00:00:00Z');
    const certificate = aCertificate({ revokedAt });
    certificates.certificates.push(certificate);
    expect(await as(() => show.execute(certificate.id))).toMatchObject({ status: 'revoked' });
    await expect(as(() => show.execute(newId()))).rejects.toMatchObject({ code: 'certificate.not_found' });
  });

  it('lists the caller’s own', async () => {
    const learner = aUser();
    certificates.certificates.push(aCertificate({ userId: learner.id ?? '' }));
    const mine = await runInContext(aContext({ actor: learner }), () => show.mine(20, undefined));
    expect(mine).toMatchObject({ items: [{ learnerName: 'Sam Sample' }], nextCursor: null });
  });
});

describe(PrintCertificate.name, () => {
  const certificates = new FakeCertificateRepository();
  const print = new PrintCertificate(certificates, new PlainBrand(), new TextPrinter());

  it('prints the way to verify it on the host that was asked', async () => {
    const certificate = aCertificate();
    certificates.certificates.push(certificate);
    const { pdf, code } = await print.execute(certificate.id, 'https://learn.acme.example');
    expect(pdf.toString()).toBe(
      `Sam Sample at Acme, see https://learn.acme.example/certificates/${certificate.id}`,
    );
    expect(code).toBe(codeOf(certificate.id));
  });

  it('prints no revoked one', async () => {
    const certificate = aCertificate({ revokedAt: new Date() });
    certificates.certificates.push(certificate);
    await expect(print.execute(certificate.id, 'https://a.example')).rejects.toMatchObject({
      code: 'certificate.revoked',
    });
  });
});
