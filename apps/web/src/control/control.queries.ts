import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Plan, TenantStatus, Tier } from '#libs/contracts';
import type {
  listActing,
  listMails,
  listTenantPeople,
  MailState,
  summarizeMails,
} from '#libs/contracts/auth';
import type {
  listFailedJobs,
  listProjections,
  listQueues,
  listTenantEvents,
  listTenantProjections,
  showPlatform,
  showTenantUsage,
} from '#libs/contracts/insights';
import type {
  listOnboardings,
  listShardLoads,
  listShards,
  listTenantDomains,
  listTenants,
  showOnboarding,
  showTenant,
  TenantPulse,
} from '#libs/contracts/tenants';
import { type ApiClient } from '../api/api-client.js';

export const tenantsKey = ['operator', 'tenants'] as const;
export const tenantKey = (id: string) => ['operator', 'tenant', id] as const;

export type TenantSort = 'slug' | 'name' | 'size' | 'storage' | 'last_activity' | 'created';

export interface TenantFilter {
  readonly words: string;
  readonly plan: Plan | 'all';
  readonly status: TenantStatus | 'all';
  readonly tier: Tier | 'all';
  readonly health: TenantPulse['health'] | 'all';
  readonly shard: string;
  readonly sort: TenantSort;
  readonly order: 'asc' | 'desc';
}

const PAGE = 100;

export const tenantsQuery = (api: ApiClient, filter: TenantFilter) =>
  infiniteQueryOptions({
    queryKey: [...tenantsKey, filter],
    queryFn: ({ pageParam, signal }) => {
      const { words, plan, status, tier, health, shard, sort, order } = filter;
      return api.read<typeof listTenants>('/api/v1/operator/tenants', {
        query: {
          ...{ limit: PAGE, sort, order },
          ...(words === '' ? {} : { q: words }),
          ...(plan === 'all' ? {} : { plan }),
          ...(status === 'all' ? {} : { status }),
          ...(tier === 'all' ? {} : { tier }),
          ...(health === 'all' ? {} : { health }),
          ...(shard === 'all' ? {} : { shard }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const tenantQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: tenantKey(tenantId),
    queryFn: ({ signal }) =>
      api.send<typeof showTenant>('GET', '/api/v1/operator/tenants/:tenantId', {
        params: { tenantId },
        signal,
      }),
  });

export const usageQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'usage'],
    queryFn: ({ signal }) =>
      api.read<typeof showTenantUsage>('/api/v1/operator/tenants/:tenantId/usage', {
        params: { tenantId },
        signal,
      }),
  });

export const domainsQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'domains'],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listTenantDomains>('/api/v1/operator/tenants/:tenantId/domains', {
          params: { tenantId },
          signal,
        })
      ).items,
  });

export const ownersQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'owners'],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listTenantPeople>('/api/v1/operator/tenants/:tenantId/people', {
          params: { tenantId },
          query: { limit: 50, role: 'owner' },
          signal,
        })
      ).items,
  });

export const tenantPeopleQuery = (api: ApiClient, tenantId: string, words: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'people', words],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listTenantPeople>('/api/v1/operator/tenants/:tenantId/people', {
          params: { tenantId },
          query: { limit: 8, ...(words === '' ? {} : { q: words }) },
          signal,
        })
      ).items,
  });

export const actingQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'acting'],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listActing>('/api/v1/operator/tenants/:tenantId/act-as', {
          params: { tenantId },
          signal,
        })
      ).items,
  });

export const tenantEventsQuery = (api: ApiClient, tenantId: string) =>
  infiniteQueryOptions({
    queryKey: [...tenantKey(tenantId), 'events'],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listTenantEvents>('/api/v1/operator/tenants/:tenantId/events', {
        params: { tenantId },
        query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const tenantProjectionsQuery = (api: ApiClient, tenantId: string) =>
  queryOptions({
    queryKey: [...tenantKey(tenantId), 'projections'],
    queryFn: async ({ signal }) =>
      (
        await api.read<typeof listTenantProjections>('/api/v1/operator/tenants/:tenantId/projections', {
          params: { tenantId },
          signal,
        })
      ).items,
    // A rebuild is followed until it is done.
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'replaying') === true ? 1_000 : false,
  });

export const shardsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['operator', 'shards'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listShards>('/api/v1/operator/shards', { signal })).items,
  });

const OFTEN = 10_000;

export const shardLoadsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['operator', 'shards', 'load'],
    queryFn: async ({ signal }) =>
      (await api.read<typeof listShardLoads>('/api/v1/operator/shards/load', { signal })).items,
    refetchInterval: OFTEN,
  });

export const projectionsKey = ['operator', 'projections'] as const;
export const projectionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: projectionsKey,
    queryFn: ({ signal }) => api.read<typeof listProjections>('/api/v1/operator/projections', { signal }),
    refetchInterval: ({ state }) =>
      state.data?.projections.some(({ behind }) => behind.some(({ status }) => status === 'replaying')) ===
      true
        ? 1_500
        : OFTEN,
  });

export const queuesKey = ['operator', 'queues'] as const;
export const queuesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: queuesKey,
    queryFn: async ({ signal }) =>
      (await api.read<typeof listQueues>('/api/v1/operator/queues', { signal })).items,
    refetchInterval: OFTEN,
  });

export const failedJobsQuery = (api: ApiClient, queue: string) =>
  infiniteQueryOptions({
    queryKey: [...queuesKey, queue],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listFailedJobs>(`/api/v1/operator/queues/${queue}/failed`, {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const mailsKey = ['operator', 'mails'] as const;
export const mailsQuery = (api: ApiClient, state: MailState | 'all', tenant: string) =>
  infiniteQueryOptions({
    queryKey: [...mailsKey, state, tenant],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listMails>('/api/v1/operator/mails', {
        query: {
          limit: 50,
          ...(state === 'all' ? {} : { state }),
          ...(tenant === '' ? {} : { tenant }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const mailSummaryQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...mailsKey, 'summary'],
    queryFn: ({ signal }) => api.read<typeof summarizeMails>('/api/v1/operator/mails/summary', { signal }),
    refetchInterval: OFTEN,
  });

export const platformQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['operator', 'platform'],
    queryFn: ({ signal }) => api.read<typeof showPlatform>('/api/v1/operator/platform', { signal }),
    refetchInterval: OFTEN,
  });

export const onboardingsKey = ['operator', 'onboardings'] as const;
export const onboardingsQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: onboardingsKey,
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listOnboardings>('/api/v1/operator/onboardings', {
        query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const onboardingQuery = (api: ApiClient, onboardingId: string) =>
  queryOptions({
    queryKey: [...onboardingsKey, onboardingId],
    queryFn: ({ signal }) =>
      api.read<typeof showOnboarding>('/api/v1/operator/onboardings/:onboardingId', {
        params: { onboardingId },
        signal,
      }),
    // Slower while the platform does not answer: it goes on by itself when it is back.
    refetchInterval: ({ state }) => {
      if (state.data !== undefined && state.data.state !== 'running') return false;
      return Math.min(10_000, 700 * 2 ** state.fetchFailureCount);
    },
    retry: false,
  });
