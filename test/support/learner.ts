import { randomBytes } from 'node:crypto';
import { acceptInvitation } from './academy.js';
import { signIn, type Site } from './platform.js';

export interface Learner {
  readonly email: string;
  readonly password: string;
  readonly site: Site;
}

/** Somebody new at a demo academy, so that a test finds and leaves nothing of others. */
export async function aLearner(slug: string, name = 'Robin Reader'): Promise<Learner> {
  const email = `robin.${randomBytes(5).toString('hex')}@${slug}.example`;
  const owner = await signIn(slug, `owner@${slug}.example`);
  await owner.send('POST', '/api/v1/invitations', { email, name, role: 'learner' });
  const site = await acceptInvitation(slug, email);
  return { email, password: 'an-own-long-password-9', site };
}
