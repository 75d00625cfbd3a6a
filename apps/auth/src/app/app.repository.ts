import type { App } from './app.js';

/** An app that somebody let know him. */
export interface Consent {
  readonly appId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly givenAt: Date;
}

/** The apps of the current tenant. */
export abstract class AppRepository {
  abstract page(limit: number, after: string | null): Promise<readonly App[]>;
  abstract count(): Promise<number>;
  abstract byId(id: string): Promise<App | null>;
  abstract add(app: App): Promise<void>;
  /** Writes the version after `app.version`. Null when somebody else was faster. */
  abstract save(app: App): Promise<App | null>;
  abstract remove(id: string): Promise<void>;
  abstract recordUse(id: string, at: Date): Promise<void>;

  abstract consent(userId: string, appId: string): Promise<Consent | null>;
  abstract consentsOf(userId: string): Promise<readonly Consent[]>;
  abstract allow(userId: string, appId: string, scopes: readonly string[], at: Date): Promise<void>;
  /** False when there was nothing to take back. */
  abstract disallow(userId: string, appId: string): Promise<boolean>;
}
