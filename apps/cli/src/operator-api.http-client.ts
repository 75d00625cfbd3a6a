import { problem, type Endpoint, type EndpointRequest, type EndpointResponse } from '#libs/contracts';
import { request as send } from 'undici';
import type { CliConfig } from './cli.config.js';
import { Failure } from './failure.js';
import { OperatorApi } from './operator-api.js';

const TIMEOUT = 120_000;

interface Request {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

export class HttpOperatorApi extends OperatorApi {
  constructor(
    private readonly config: CliConfig,
    private readonly token: () => Promise<string>,
  ) {
    super();
  }

  async call<E extends Endpoint>(
    endpoint: E,
    request: EndpointRequest<E> = {},
    ifMatch?: string,
  ): Promise<EndpointResponse<E>> {
    const { status, text } = await this.exchange(endpoint, request, ifMatch);
    if (status >= 400) throw refusal(status, text);
    if (endpoint.response === null) return undefined as EndpointResponse<E>;
    return endpoint.response.parse(jsonOrNull(text)) as EndpointResponse<E>;
  }

  async etag<E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}): Promise<string> {
    const { status, text, etag } = await this.exchange(endpoint, request);
    if (status >= 400) throw refusal(status, text);
    return etag;
  }

  private async exchange(
    endpoint: Endpoint,
    { params, query, body }: Request,
    ifMatch?: string,
  ): Promise<{ status: number; text: string; etag: string }> {
    const base = new URL(this.config.HARKA_URL);
    const url = new URL(pathOf(endpoint.path, params), base);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, textOf(value));
    }
    const authorization = `Bearer ${await this.token()}`;
    const port = base.port === '' ? '' : `:${base.port}`;
    try {
      const response = await send(url, {
        method: endpoint.method,
        headers: {
          host: `admin.${this.config.HARKA_BASE_DOMAIN}${port}`,
          authorization,
          accept: 'application/json',
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        headersTimeout: TIMEOUT,
        bodyTimeout: TIMEOUT,
      });
      const etag = textOf([response.headers['etag']].flat()[0] ?? '');
      return { status: response.statusCode, text: await response.body.text(), etag };
    } catch (error) {
      throw unreachable(base, error);
    }
  }
}

function pathOf(path: string, params: object = {}): string {
  const given = new Map<string, unknown>(Object.entries(params));
  return path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(textOf(given.get(name))));
}

function refusal(status: number, text: string): Failure {
  const result = problem.safeParse(jsonOrNull(text));
  if (!result.success) {
    return new Failure(
      `The platform answered ${status}, and not in the way Harka does. Is HARKA_URL right?`,
      'cli.stranger',
    );
  }
  const { detail, code, requestId } = result.data;
  if (status === 401) {
    const help =
      'The operator token is not the one of this platform; set HARKA_OPERATOR_TOKEN or HARKA_DATA_DIR.';
    return new Failure(`${detail} ${help}`, code, result.data);
  }
  return new Failure(status >= 500 ? `${detail} (request ${requestId})` : detail, code, result.data);
}

function unreachable(base: URL, error: unknown): Failure {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const reason = textOf(code ?? message ?? 'no answer');
  return new Failure(
    `Harka does not answer at ${base.origin} (${reason}). Start it with npm start, or set HARKA_URL.`,
    'cli.unreachable',
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
