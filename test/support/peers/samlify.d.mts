export class SamlifyIdp {
  constructor(options: { entityId: string; ssoUrl: string; key: string; certificate: string });
  metadata(): string;
  respond(
    spMetadata: string,
    question: string,
    person: { subject: string; email: string; name: string },
  ): Promise<string>;
}
