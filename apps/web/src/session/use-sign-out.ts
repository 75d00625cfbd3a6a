import type { logout } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';

/** Ends the session and loads the sign-in afresh, so that nothing of this person stays in memory. */
export function useSignOut(): () => void {
  const api = useApi();
  return () => {
    void leave(api);
  };
}

async function leave(api: ApiClient): Promise<void> {
  try {
    await api.send<typeof logout>('POST', '/api/v1/auth/logout', { body: {} });
  } finally {
    window.location.assign('/sign-in');
  }
}
