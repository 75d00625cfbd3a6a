import type { login, SecondStep, SignedInUser } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

/** Somebody who is signed in, or the step that is left. */
export type LoggedIn =
  | { readonly user: SignedInUser; readonly step?: never }
  | { readonly step: SecondStep; readonly user?: never };

export async function logIn(api: ApiClient, email: string, password: string): Promise<LoggedIn> {
  const { data } = await api.send<typeof login>('POST', '/api/v1/auth/login', { body: { email, password } });
  api.forgetCsrfToken();
  return 'mfaRequired' in data ? { step: data } : { user: data.user };
}
