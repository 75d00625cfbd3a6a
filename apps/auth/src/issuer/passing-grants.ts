/** What lives for minutes between an app, a browser and us: codes, access tokens, sign-ins that are under way. */
export abstract class PassingGrants {
  abstract put(kind: string, id: string, payload: object, seconds: number, grantId?: string): Promise<void>;
  /** The payload, with `consumed` where it was used. */
  abstract find(kind: string, id: string): Promise<Record<string, unknown> | null>;
  /** True for the first who uses it. */
  abstract consume(kind: string, id: string): Promise<boolean>;
  abstract remove(kind: string, id: string): Promise<void>;
  abstract removeGrant(grantId: string): Promise<void>;
}
