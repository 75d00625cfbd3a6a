export class OpenIdProvider {
  readonly issuer: string;
  person: Readonly<Record<string, unknown>> & { sub: string };
  static start(options: {
    port: number;
    clientId: string;
    clientSecret: string;
    redirectUri: string;
    backchannelLogoutUri?: string;
    authentication?: string;
  }): Promise<OpenIdProvider>;
  browse(question: string, until: string): Promise<string>;
  close(): Promise<void>;
}
