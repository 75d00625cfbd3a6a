import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  getRule,
  listRuleAssignments,
  listRuleAttributes,
  listRules,
  previewRule,
  searchCatalogue,
} from '#libs/contracts/courses';
import type { listUsers } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { type RuleForm, whomOf } from './rule-form.js';

export const rulesKey = ['rules'] as const;
const PATH = '/api/v1/enrolment-rules';
const APPLYING_MS = 1_500;

export const rulesQuery = (api: ApiClient, words: string) =>
  infiniteQueryOptions({
    queryKey: [...rulesKey, 'list', words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listRules>(PATH, {
        query: {
          limit: 50,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // A rule that is being applied is watched until it is.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ applying }) => applying)) === true
        ? APPLYING_MS
        : false,
  });

/** With its ETag, which a change must name. */
export const ruleQuery = (api: ApiClient, ruleId: string) =>
  queryOptions({
    queryKey: [...rulesKey, 'one', ruleId],
    queryFn: ({ signal }) =>
      api.send<typeof getRule>('GET', `${PATH}/:ruleId`, { params: { ruleId }, signal }),
    // What is being edited does not change under the hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const attributesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: [...rulesKey, 'attributes'],
    queryFn: ({ signal }) => api.read<typeof listRuleAttributes>(`${PATH}/attributes`, { signal }),
    staleTime: 60_000,
  });

export const previewQuery = (api: ApiClient, form: RuleForm) => {
  const body = { ...whomOf(form), courseIds: form.courses.map(({ id }) => id) };
  return queryOptions({
    queryKey: [...rulesKey, 'preview', JSON.stringify(body)],
    queryFn: async ({ signal }) =>
      (await api.send<typeof previewRule>('POST', `${PATH}/preview`, { body, signal })).data,
    placeholderData: (before) => before,
  });
};

export const assignmentsQuery = (api: ApiClient, ruleId: string, words: string) =>
  infiniteQueryOptions({
    queryKey: [...rulesKey, 'assignments', ruleId, words],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof listRuleAssignments>(`${PATH}/:ruleId/assignments`, {
        params: { ruleId },
        query: {
          limit: 50,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** Published courses that can be assigned. */
export const courseChoicesQuery = (api: ApiClient, words: string) =>
  queryOptions({
    queryKey: [...rulesKey, 'courses', words],
    queryFn: ({ signal }) =>
      api.read<typeof searchCatalogue>('/api/v1/catalogue', {
        query: { limit: 30, ...(words === '' ? {} : { q: words }) },
        signal,
      }),
    placeholderData: (before) => before,
  });

/** People by name, for those who may look for them. */
export const managerChoicesQuery = (api: ApiClient, words: string) =>
  queryOptions({
    queryKey: [...rulesKey, 'managers', words],
    queryFn: ({ signal }) =>
      api.read<typeof listUsers>('/api/v1/users', {
        query: { limit: 30, ...(words === '' ? {} : { q: words }) },
        signal,
      }),
    placeholderData: (before) => before,
  });
