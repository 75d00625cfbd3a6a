import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  getMyTeam,
  getMyTeamMember,
  reportCourses,
  reportLearner,
  reportOverdue,
  reportTeams,
  reportTrend,
} from '#libs/contracts/courses';
import { type ApiClient } from '../api/api-client.js';
import { filterOf, type ReportSearch } from './report-filter.js';

const reportsKey = ['reports'] as const;
const PATH = '/api/v1/reports';

export const courseReportQuery = (api: ApiClient, search: ReportSearch) => {
  const query = filterOf(search);
  return queryOptions({
    queryKey: [...reportsKey, 'courses', query],
    queryFn: ({ signal }) => api.read<typeof reportCourses>(`${PATH}/courses`, { query, signal }),
    placeholderData: (before) => before,
  });
};

export const teamReportQuery = (api: ApiClient, search: ReportSearch, by: 'team' | 'department') => {
  const query = { ...filterOf(search), by };
  return queryOptions({
    queryKey: [...reportsKey, 'teams', query],
    queryFn: ({ signal }) => api.read<typeof reportTeams>(`${PATH}/teams`, { query, signal }),
    placeholderData: (before) => before,
  });
};

export const trendQuery = (api: ApiClient, search: ReportSearch) => {
  const query = filterOf(search);
  return queryOptions({
    queryKey: [...reportsKey, 'trend', query],
    queryFn: ({ signal }) => api.read<typeof reportTrend>(`${PATH}/trend`, { query, signal }),
    placeholderData: (before) => before,
  });
};

export const overdueQuery = (api: ApiClient, search: ReportSearch) => {
  const filter = filterOf(search);
  return infiniteQueryOptions({
    queryKey: [...reportsKey, 'overdue', filter],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof reportOverdue>(`${PATH}/overdue`, {
        query: { ...filter, limit: 100, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
};

export const learnerReportQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: [...reportsKey, 'learner', userId],
    queryFn: ({ signal }) =>
      api.read<typeof reportLearner>(`${PATH}/people/:userId`, { params: { userId }, signal }),
  });

export const myTeamQuery = (api: ApiClient, words: string, limit = 100) =>
  infiniteQueryOptions({
    queryKey: ['my-team', words, limit],
    queryFn: ({ pageParam, signal }) =>
      api.read<typeof getMyTeam>('/api/v1/my-team', {
        query: {
          limit,
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });

export const myTeamMemberQuery = (api: ApiClient, userId: string) =>
  queryOptions({
    queryKey: ['my-team', 'member', userId],
    queryFn: ({ signal }) =>
      api.read<typeof getMyTeamMember>('/api/v1/my-team/:userId', { params: { userId }, signal }),
  });
