import type { Certificate } from '../certificate/certificate.js';
import type { Brand } from './brand.js';

/** Makes the document that a learner keeps. */
export abstract class CertificatePrinter {
  /** @param verifyUrl Where anybody can check it, on the tenant's host. */
  abstract print(certificate: Certificate, brand: Brand, verifyUrl: string): Promise<Buffer>;
}
