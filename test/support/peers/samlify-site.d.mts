export class SamlifySite {
  readonly metadataUrl: string;
  person: { subject: string; email: string; name: string };
  spMetadata: string;
  static start(options: { port: number; key: string; certificate: string }): Promise<SamlifySite>;
  close(): Promise<void>;
}
