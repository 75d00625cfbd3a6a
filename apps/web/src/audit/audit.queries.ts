import { infiniteQueryOptions } from '@tanstack/react-query';
import type { listAudit } from '#libs/contracts/insights';
import { type ApiClient } from '../api/api-client.js';

/** What the log is narrowed to; what is empty is not asked for. */
export interface AuditFilter {
  readonly type: string;
  readonly actor: string;
  readonly subject: string;
  /** Days, yyyy-mm-dd, as the reader reckons them. */
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;

/** The query of the API: whole days of the reader, the last one included. */
export function auditSearch({
  type,
  actor,
  subject,
  from,
  to,
}: AuditFilter): Readonly<Record<string, string>> {
  const end = to === '' ? null : new Date(new Date(`${to}T00:00:00`).getTime() + DAY);
  return {
    ...(type === '' ? {} : { type }),
    ...(actor === '' ? {} : { actor }),
    ...(subject === '' ? {} : { subject }),
    ...(from === '' ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(end === null ? {} : { to: end.toISOString() }),
  };
}

export const auditQuery = (api: ApiClient, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listAudit>('/api/v1/audit', {
        query: { limit: 100, ...auditSearch(filter), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
