import type { Certificate } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';

export class FakeCertificateRepository extends CertificateRepository {
  readonly certificates: Certificate[] = [];

  async add(certificate: Certificate): Promise<void> {
    this.certificates.push(certificate);
  }

  async find(certificateId: string): Promise<Certificate | null> {
    return this.certificates.find(({ id }) => id === certificateId) ?? null;
  }

  async revoke(certificateId: string, { revokedAt }: { readonly revokedAt: Date }): Promise<boolean> {
    const index = this.certificates.findIndex(({ id, revokedAt: at }) => id === certificateId && at === null);
    const certificate = this.certificates[index];
    if (certificate === undefined) return false;
    this.certificates[index] = { ...certificate, revokedAt };
    return true;
  }

  async ofLearner(userId: string, limit: number): Promise<Certificate[]> {
    return this.certificates.filter((certificate) => certificate.userId === userId).slice(0, limit);
  }
}
