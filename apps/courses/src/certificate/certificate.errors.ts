import { DomainError } from '#libs/kernel';

export class CertificateNotFound extends DomainError {
  constructor() {
    super('not_found', 'certificate.not_found', 'No certificate of this academy has this number.');
  }
}

export class CertificateRevoked extends DomainError {
  constructor() {
    super('conflict', 'certificate.revoked', 'This certificate was revoked and is not printed any more.');
  }
}
