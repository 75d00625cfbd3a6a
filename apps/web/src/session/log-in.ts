import type { login, SignedInUser } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';
import { ApiProblem } from '../api/problem.js';

export async function logIn(api: ApiClient, email: string, password: string): Promise<SignedInUser> {
  const { data } = await api.send<typeof login>('POST', '/api/v1/auth/login', { body: { email, password } });
  if (!('user' in data)) throw new ApiProblem(401, 'auth.mfa_required', 'A second factor is asked for.');
  api.forgetCsrfToken();
  return data.user;
}
