export interface LassoInput {
  readonly idpMetadata: string;
  readonly key: string;
  readonly certificate: string;
  readonly spMetadata: string;
  readonly query?: string;
  readonly encrypt?: boolean;
  readonly subject: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}
export function lassoResponse(input: LassoInput): Promise<{ response: string }>;
