/** The tenant's look, as far as a printed page needs it. */
export interface Brand {
  readonly name: string;
  /** #rrggbb; dark enough for white text on it. */
  readonly primaryColor: string;
  readonly secondaryColor: string;
  readonly logo: { readonly bytes: Buffer; readonly contentType: string } | null;
}

export abstract class BrandSource {
  /** Of the current tenant. A brand that cannot be read is a plain one: a certificate is never held up by its looks. */
  abstract current(): Promise<Brand>;
}
