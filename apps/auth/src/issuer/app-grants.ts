/** What an app was given and what lasts: grants and refresh tokens, of the current tenant. */
export interface KeptGrant {
  readonly kind: 'Grant' | 'RefreshToken';
  readonly id: string;
  readonly appId: string;
  readonly userId: string;
  readonly grantId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
}

export abstract class AppGrants {
  abstract put(grant: KeptGrant): Promise<void>;
  /** The payload, with `consumed` where it was used. Null for what is over. */
  abstract find(kind: KeptGrant['kind'], id: string): Promise<Record<string, unknown> | null>;
  /** True for the first who uses it. */
  abstract consume(kind: KeptGrant['kind'], id: string): Promise<boolean>;
  abstract remove(kind: KeptGrant['kind'], id: string): Promise<void>;
  abstract removeGrant(grantId: string): Promise<void>;
  abstract removeOf(userId: string, appId: string): Promise<void>;
}
