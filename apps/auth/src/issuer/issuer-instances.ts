import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import type { Provider } from 'oidc-provider';
import { AppRepository } from '../app/app.repository.js';
import { isSecretOf } from '../app/app.js';
import { accountRefOf, AppAccounts } from './app-account.js';
import { exchange, type ProtocolAnswer, type ProtocolRequest } from './exchange.js';
import { issuerProvider } from './issuer-provider.js';
import { IssuerRing } from './issuer-ring.js';
import { IssuerStore } from './issuer-store.js';
import { publishedKeys, type Issuer } from './issuer.js';

/** The provider of one tenant, ready to be asked. */
export interface IssuerInstance {
  readonly issuer: Issuer;
  readonly provider: Provider;
  /** @throws what went wrong on our side; whatever is wrong with the request is an answer */
  ask(request: ProtocolRequest): Promise<IssuerAnswer>;
}

export interface IssuerAnswer extends ProtocolAnswer {
  readonly failure: IssuerFailure | null;
}

/** Why the library refused, in words for administrators, and whom it was about. */
export interface IssuerFailure {
  /** The protocol's word for it. */
  readonly code: string;
  readonly words: string;
  readonly appId: string | null;
  readonly userId: string | null;
}

interface Kept {
  readonly instance: IssuerInstance;
  readonly mark: string;
  readonly until: number;
}

/** About 70 KiB and a millisecond each (ADR 0013). */
const MOST = 300;
/** So long a change of keys may stay unseen. */
const BELIEVED_MS = 5_000;

/** Providers of the tenants used of late. Each holds its tenant's keys and nothing else: what it knows lies in the store. */
@Injectable()
export class IssuerInstances {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly ring: IssuerRing,
    private readonly store: IssuerStore,
    private readonly apps: AppRepository,
    private readonly accounts: AppAccounts,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `issuer.not_open` while the academy has no app */
  async current(): Promise<IssuerInstance> {
    const { id } = currentTenant();
    const known = this.kept.get(id);
    const now = this.clock.now();
    if (known !== undefined && known.until > now.getTime()) return this.keep(id, known);
    const issuer = await this.ring.current();
    if (issuer === null) {
      throw new DomainError('not_found', 'issuer.not_open', 'No app signs in by this academy.');
    }
    const keys = publishedKeys(issuer, now);
    const mark = JSON.stringify([issuer.origin, keys.map(({ kid }) => kid)]);
    const instance = known?.mark === mark ? known.instance : await this.create(id, issuer, now);
    return this.keep(id, { instance, mark, until: now.getTime() + BELIEVED_MS });
  }

  private keep(id: string, kept: Kept): IssuerInstance {
    this.kept.delete(id);
    this.kept.set(id, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return kept.instance;
  }

  private async create(tenantId: string, issuer: Issuer, now: Date): Promise<IssuerInstance> {
    const keys = await Promise.all(
      publishedKeys(issuer, now).map(async (key) => this.ring.privateKeyOf(key)),
    );
    const provider = issuerProvider(issuer, {
      adapters: this.store.adaptersOf(tenantId),
      keys,
      app: async (id) => this.apps.byId(id),
      isSecret: async (appId, shown) =>
        isSecretOf((await this.apps.byId(appId))?.secrets ?? [], shown, this.clock.now()),
      account: async (ref, offline) => this.accounts.find(ref, offline),
      consent: async (userId, appId) => this.apps.consent(userId, appId),
    });
    return instanceOf(issuer, provider);
  }
}

interface Seen {
  readonly error: Error;
  readonly failure: IssuerFailure;
}

/** What the library says about a failure, by the request: it tells its listeners and not its caller. */
function instanceOf(issuer: Issuer, provider: Provider): IssuerInstance {
  const failures = new WeakMap<IncomingMessage, Seen>();
  const note = ({ req, oidc }: Context, error: Error) => {
    const { RefreshToken: refresh, AuthorizationCode: code } = oidc?.entities ?? {};
    const userId = accountRefOf((refresh ?? code)?.accountId)?.userId ?? null;
    const appId = oidc?.client?.clientId ?? null;
    failures.set(req, { error, failure: { code: error.message, words: wordsOf(error), appId, userId } });
  };
  provider.on('authorization.error', note);
  provider.on('grant.error', note);
  provider.on('revocation.error', note);
  provider.on('userinfo.error', note);
  provider.on('server_error', note);
  const callback = provider.callback() as (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  return {
    issuer,
    provider,
    ask: async (request) => {
      let shown: IncomingMessage | undefined;
      const handle = async (req: IncomingMessage, res: ServerResponse) => {
        shown = req;
        return callback(req, res);
      };
      const answer = await exchange(handle, issuer.origin, request);
      const seen = shown === undefined ? undefined : failures.get(shown);
      if (seen !== undefined && !isAnswer(seen.error)) throw seen.error;
      return { ...answer, failure: seen?.failure ?? null };
    },
  };
}

interface Context {
  readonly req: IncomingMessage;
  readonly oidc?: {
    readonly client?: { readonly clientId: string } | undefined;
    readonly entities: {
      readonly RefreshToken?: { readonly accountId?: string | undefined } | undefined;
      readonly AuthorizationCode?: { readonly accountId?: string | undefined } | undefined;
    };
  };
}

/** The library's own errors are answers; others (the database is away) are not. */
function isAnswer(error: Error): boolean {
  return 'error' in error && 'statusCode' in error && error.name !== 'ServerError';
}

function wordsOf(error: Error): string {
  const { error_detail: detail, error_description: said } = error as {
    readonly error_detail?: unknown;
    readonly error_description?: unknown;
  };
  const words = [said, detail].filter((one) => typeof one === 'string');
  return (words.length === 0 ? error.message : words.join(': ')).slice(0, 300);
}
