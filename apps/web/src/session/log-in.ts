import type { login, SignedInUser } from '#libs/contracts/auth';
import { type ApiClient } from '../api/api-client.js';

export async function logIn(api: ApiClient, email: string, password: string): Promise<SignedInUser> {
  const { data } = await api.send<typeof login>('POST', '/api/v1/auth/login', { body: { email, password } });
  api.forgetCsrfToken();
  return data.user;
}
