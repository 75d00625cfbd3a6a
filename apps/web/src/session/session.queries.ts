import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { getMe } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { follow } from '../language/reader.js';
import { type SessionUser } from './session-user.js';

export const sessionKey = ['session'] as const;

/** The signed-in user, or null. */
export const sessionQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<SessionUser | null> => {
      try {
        const user = await api.read<typeof getMe>('/api/v1/auth/me', { signal });
        api.rememberSession();
        if (follow(user, localStorage)) window.location.reload();
        return user;
      } catch (error) {
        if (isProblem(error) && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });

/** For pages behind the sign-in, where somebody always is. */
export function useUser(): SessionUser {
  const { data } = useSuspenseQuery(sessionQuery(useApi()));
  if (data === null) throw new Error('This page is behind the sign-in.');
  return data;
}
