import { QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem.js';

const RETRIES = 2;

/** Tries again only what may go better the next time: no connection, or a server in trouble. */
const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < RETRIES && isProblem(error) && (error.isUnreachable || error.status >= 500);

/** Starts a query before its page is there; the page itself shows what goes wrong with it. */
export const inAdvance = (query: Promise<unknown>): void => {
  query.catch(() => undefined);
};

export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: worthRetrying },
      mutations: { retry: false },
    },
  });
