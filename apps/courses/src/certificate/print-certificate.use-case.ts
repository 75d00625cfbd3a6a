import { Injectable } from '@nestjs/common';
import { BrandSource } from '../certificate-pdf/brand.js';
import { CertificatePrinter } from '../certificate-pdf/certificate-printer.js';
import { pageOf } from './certificate-view.js';
import { CertificateNotFound, CertificateRevoked } from './certificate.errors.js';
import { codeOf } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';

export interface PrintedCertificate {
  readonly code: string;
  readonly pdf: Buffer;
}

@Injectable()
export class PrintCertificate {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly brands: BrandSource,
    private readonly printer: CertificatePrinter,
  ) {}

  /** @param origin Scheme and host at which the academy was asked; the way to verify is printed under it. */
  async execute(certificateId: string, origin: string): Promise<PrintedCertificate> {
    const certificate = await this.certificates.find(certificateId);
    if (certificate === null) throw new CertificateNotFound();
    if (certificate.revokedAt !== null) throw new CertificateRevoked();
    const verifyUrl = `${origin}${pageOf(certificateId)}`;
    const pdf = await this.printer.print(certificate, await this.brands.current(), verifyUrl);
    return { code: codeOf(certificateId), pdf };
  }
}
