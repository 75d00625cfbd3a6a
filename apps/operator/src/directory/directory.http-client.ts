import {
  problem,
  type Endpoint,
  type EndpointRequest,
  type EndpointResponse,
  type Plan,
} from '#libs/contracts';
import {
  addTenantDomain,
  changePlan,
  createTenant,
  listTenantDomains,
  listTenants,
  removeTenantDomain,
  resumeTenant,
  showTenant,
  suspendTenant,
  type Domain,
  type OperatorTenant,
} from '#libs/contracts/tenants';
import { Agent, request } from 'undici';
import type { OperatorConfig } from '../operator.config.js';
import { Directory, Refused, type NewAcademy } from './directory.js';

const PAGE = 100;
const TIMEOUT = 30_000;
const REASON = 'Its Tenant in Kubernetes says so.';

interface Input {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

/** Asks the gateway, on the admin host, as the command line does. */
export class HttpDirectory extends Directory {
  private readonly agent = new Agent({ connections: 8, keepAliveTimeout: 10_000 });

  constructor(
    private readonly config: Pick<OperatorConfig, 'HARKA_URL' | 'HARKA_BASE_DOMAIN' | 'HARKA_OPERATOR_TOKEN'>,
  ) {
    super();
  }

  async list(): Promise<OperatorTenant[]> {
    const found: OperatorTenant[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor !== null && { cursor }) };
      const page: EndpointResponse<typeof listTenants> = await this.call(listTenants, { query });
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  }

  async find(slug: string): Promise<OperatorTenant | null> {
    try {
      return await this.call(showTenant, { params: { tenantId: slug } });
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  async create(body: NewAcademy): Promise<OperatorTenant> {
    return this.call(createTenant, { body });
  }

  async changePlan(tenantId: string, plan: Plan): Promise<OperatorTenant> {
    const params = { tenantId };
    const { etag } = await this.exchange(showTenant, { params });
    return this.call(changePlan, { params, body: { plan, reason: REASON } }, etag);
  }

  async suspend(tenantId: string, reason: string): Promise<OperatorTenant> {
    return this.call(suspendTenant, { params: { tenantId }, body: { reason } });
  }

  async resume(tenantId: string): Promise<OperatorTenant> {
    return this.call(resumeTenant, { params: { tenantId }, body: { reason: REASON } });
  }

  async customDomains(tenantId: string): Promise<Domain[]> {
    const { items } = await this.call(listTenantDomains, { params: { tenantId } });
    return items.filter(({ kind }) => kind === 'custom');
  }

  async addDomain(tenantId: string, host: string): Promise<void> {
    await this.call(addTenantDomain, { params: { tenantId }, body: { host } });
  }

  async removeDomain(tenantId: string, host: string): Promise<void> {
    try {
      await this.call(removeTenantDomain, { params: { tenantId, host } });
    } catch (error) {
      // Taken away already, by us before a crash or by somebody else.
      if (!(error instanceof Refused && error.status === 404)) throw error;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async call<E extends Endpoint>(
    endpoint: E,
    input: EndpointRequest<E>,
    ifMatch?: string,
  ): Promise<EndpointResponse<E>> {
    const { text } = await this.exchange(endpoint, input, ifMatch);
    if (endpoint.response === null) return undefined as EndpointResponse<E>;
    return endpoint.response.parse(JSON.parse(text)) as EndpointResponse<E>;
  }

  private async exchange(
    endpoint: Endpoint,
    { params = {}, query = {}, body }: Input,
    ifMatch?: string,
  ): Promise<{ text: string; etag: string }> {
    const base = new URL(this.config.HARKA_URL);
    const given = new Map<string, unknown>(Object.entries(params));
    const path = endpoint.path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) =>
      encodeURIComponent(String(given.get(name))),
    );
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const port = base.port === '' ? '' : `:${base.port}`;
    const response = await request(url, {
      dispatcher: this.agent,
      method: endpoint.method,
      headers: {
        host: `admin.${this.config.HARKA_BASE_DOMAIN}${port}`,
        authorization: `Bearer ${this.config.HARKA_OPERATOR_TOKEN}`,
        accept: 'application/json',
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw failure(response.statusCode, text);
    return { text, etag: [response.headers['etag']].flat()[0] ?? '' };
  }
}

function failure(status: number, text: string): Error {
  const said = problem.safeParse(jsonOrNull(text));
  const detail = said.success ? said.data.detail : `the directory answered ${status}`;
  const passes = status >= 500 || status === 429 || status === 401 || status === 412;
  if (passes) return new Error(detail);
  return new Refused(status, said.success ? said.data.code : 'directory.stranger', detail);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
