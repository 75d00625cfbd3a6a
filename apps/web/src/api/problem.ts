import type { Problem } from '#libs/contracts';

export type FieldProblem = NonNullable<Problem['errors']>[number];

/** Codes that this side of the wire gives: no answer came, or none that can be read. */
const UNREACHABLE = 'network.unreachable';
const UNREADABLE = 'network.unreadable';

/** What went wrong with a call, in the words of the server (RFC 9457) or of the network. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    /** 0 where no answer came at all. */
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly requestId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
    /** Whatever else the server says of it, by name. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${detail}`);
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}

export function unreachable(): ApiProblem {
  return new ApiProblem(0, UNREACHABLE, 'No connection to the academy.');
}

/** Reads the answer of a failed call; never throws, whatever a proxy in between has sent. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = await readJson(response);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    textOf(body['code']) ?? UNREADABLE,
    textOf(body['detail']) ?? textOf(body['title']) ?? response.statusText,
    Array.isArray(body['errors']) ? body['errors'].filter(isFieldProblem) : [],
    textOf(body['requestId']) ?? response.headers.get('x-request-id'),
    Number.isFinite(retryAfter) ? retryAfter : null,
    body,
  );
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return (
    isRecord(value) &&
    typeof value['pointer'] === 'string' &&
    typeof value['code'] === 'string' &&
    typeof value['detail'] === 'string'
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
