/** A certificate as somebody brought it: its name (`learn.example.org`), chain and key in PEM. */
export interface BroughtCertificate {
  readonly name: string;
  readonly pem: string;
}

/** Where the certificates of custom domains come from. */
export abstract class CertificateSource {
  abstract all(): Promise<readonly BroughtCertificate[]>;
}
