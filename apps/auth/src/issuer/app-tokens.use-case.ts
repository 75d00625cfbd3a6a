import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { AppMetrics } from './app-metrics.js';
import { IssuerInstances, type IssuerAnswer } from './issuer-instances.js';
import { RecordRefusal } from './record-refusal.use-case.js';

/** Nobody in particular asks: there is nothing to be said about tokens. */
class AppUnknown extends DomainError {
  constructor() {
    super('unauthenticated', 'app.authentication_missing', 'Say which app asks, and prove it.');
  }
}

function namesApp(authorization: string | undefined, form: string): boolean {
  const given = new URLSearchParams(form);
  return /^Basic /i.test(authorization ?? '') || given.has('client_id') || given.has('client_assertion');
}

export interface AppRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What apps ask by themselves, with their own secret or token. */
@Injectable()
export class AppTokens {
  constructor(
    private readonly instances: IssuerInstances,
    private readonly refusals: RecordRefusal,
    private readonly metrics: AppMetrics,
  ) {}

  async read(path: '/.well-known/openid-configuration' | '/jwks' | '/me', request: AppRequest) {
    return this.ask('GET', path, request);
  }

  async post(path: '/token' | '/token/revocation' | '/me', request: AppRequest, body: string) {
    return this.ask('POST', path, request, body);
  }

  private async ask(
    method: 'GET' | 'POST',
    path: string,
    { headers: { authorization, origin } }: AppRequest,
    body?: string,
  ): Promise<IssuerAnswer> {
    if (body !== undefined && path !== '/me' && !namesApp(authorization, body)) {
      this.metrics.refused('authentication_missing');
      throw new AppUnknown();
    }
    const instance = await this.instances.current();
    const headers = { authorization, origin };
    const answer = await instance.ask({ method, path, headers, ...(body === undefined ? {} : { body }) });
    if (answer.failure !== null) this.metrics.refused(answer.failure.code);
    else if (path === '/token') this.metrics.issued(new URLSearchParams(body).get('grant_type') ?? '');
    if (answer.failure !== null && path === '/token') await this.refusals.execute(answer.failure);
    return answer;
  }
}
