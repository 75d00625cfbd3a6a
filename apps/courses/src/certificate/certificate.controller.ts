import { Controller } from '@nestjs/common';
import {
  downloadCertificate,
  listMyCertificates,
  revokeCertificate,
  verifyCertificate,
} from '#libs/contracts/courses';
import { Download, Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { PrintCertificate } from './print-certificate.use-case.js';
import { RevokeCertificate } from './revoke-certificate.use-case.js';
import { ShowCertificate } from './show-certificate.use-case.js';

@Controller()
export class CertificateController {
  constructor(
    private readonly showCertificate: ShowCertificate,
    private readonly printCertificate: PrintCertificate,
    private readonly revokeCertificate: RevokeCertificate,
  ) {}

  @Endpoint(listMyCertificates)
  async mine(
    @Input() { query }: InputOf<typeof listMyCertificates>,
  ): Promise<ResultOf<typeof listMyCertificates>> {
    return this.showCertificate.mine(query.limit, query.cursor);
  }

  @Endpoint(verifyCertificate)
  async verify(
    @Input() { params }: InputOf<typeof verifyCertificate>,
  ): Promise<ResultOf<typeof verifyCertificate>> {
    return this.showCertificate.execute(params.certificateId);
  }

  @Endpoint(revokeCertificate)
  async revoke(
    @Input() { params, body }: InputOf<typeof revokeCertificate>,
  ): Promise<ResultOf<typeof revokeCertificate>> {
    const revocation = await this.revokeCertificate.execute(params.certificateId, body.reason);
    return { ...revocation, revokedAt: revocation.revokedAt.toISOString() };
  }

  @Endpoint(downloadCertificate)
  async download(
    @Input() { params, scheme, host }: InputOf<typeof downloadCertificate>,
  ): Promise<ResultOf<typeof downloadCertificate>> {
    const { code, pdf } = await this.printCertificate.execute(params.certificateId, `${scheme}://${host}`);
    return new Download(pdf, {
      contentType: 'application/pdf',
      length: pdf.length,
      headers: { 'content-disposition': `inline; filename="certificate-${code}.pdf"` },
    });
  }
}
