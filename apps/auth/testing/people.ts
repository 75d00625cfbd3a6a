import type { Role } from '#libs/contracts';
import type { TenantRef } from '#libs/tenancy';
import { AcceptInvitation } from '../src/invitation/accept-invitation.use-case.js';
import { InviteUser } from '../src/invitation/invite-user.use-case.js';
import { MailRepository, type PendingMail } from '../src/mail/mail.repository.js';
import type { SignIn } from '../src/session/sign-in.js';
import { defaultPolicy, type SignInPolicy } from '../src/sign-in-policy/sign-in-policy.js';
import { SignInPolicyRepository } from '../src/sign-in-policy/sign-in-policy.repository.js';
import type { User } from '../src/user/user.js';
import { anActor, type AuthOnShard } from './auth-on-shard.js';

export const PASSWORD = 'correct horse battery';
export const site = { scheme: 'http', host: 'tenant-1.harka.test:8080' } as const;

let count = 0;

/** Somebody who is invited and has not accepted. */
export async function anInvited(auth: AuthOnShard, tenant: TenantRef, role: Role = 'learner'): Promise<User> {
  count += 1;
  const profile = { email: `person-${count}@acme.example`, name: `Person ${count}`, role };
  const invite = () => auth.get(InviteUser).execute(profile, site);
  return (await auth.as(tenant, anActor('owner'), invite)).user;
}

/** Somebody who was invited and has accepted, in the session of the acceptance. */
export async function aPerson(auth: AuthOnShard, tenant: TenantRef, role: Role = 'learner'): Promise<SignIn> {
  await anInvited(auth, tenant, role);
  const token = await tokenOfLastMail(auth, tenant);
  const accept = () => auth.get(AcceptInvitation).execute({ token, password: PASSWORD });
  return auth.as(tenant, {}, accept, { userAgent: 'Browser' });
}

/** What waits in the outbox of a tenant, oldest first. */
export async function mailsOf(auth: AuthOnShard, tenant: TenantRef): Promise<PendingMail['mail'][]> {
  return auth.shard.inTenant(tenant, async () => {
    const rows = await auth.shard.database.query<{ id: string }>(
      'SELECT id FROM auth.mails WHERE sent_at IS NULL ORDER BY id',
    );
    const pending = await Promise.all(rows.map(async ({ id }) => auth.get(MailRepository).pending(id)));
    return pending.flatMap((one) => (one === null ? [] : [one.mail]));
  });
}

/** The token of the link in the newest mail. */
export async function tokenOfLastMail(auth: AuthOnShard, tenant: TenantRef): Promise<string> {
  const last = (await mailsOf(auth, tenant)).at(-1);
  return /#token=(.+)$/.exec(last?.link ?? '')?.[1] ?? '';
}

/** The events of a tenant, oldest first. */
export async function eventsOf(auth: AuthOnShard, tenant: TenantRef) {
  return auth.shard.inTenant(tenant, async () =>
    auth.shard.database.query<{ type: string; subject: string; payload: Record<string, unknown> }>(
      'SELECT type, subject, payload FROM events.events ORDER BY position',
    ),
  );
}

/** The dotted code of a failure, or null. */
export async function codeOf(attempt: Promise<unknown>): Promise<string | null> {
  return attempt.then(
    () => null,
    (error: unknown) => (error as { code: string }).code,
  );
}

/** Gives a tenant a policy: the defaults, and these rules. */
export async function setPolicy(
  auth: AuthOnShard,
  tenant: TenantRef,
  rules: Partial<SignInPolicy>,
): Promise<void> {
  await auth.shard.inTenant(tenant, async () => {
    const policies = auth.get(SignInPolicyRepository);
    const { version } = await policies.current();
    const next = { ...defaultPolicy, ...rules, version: version + 1, updatedAt: auth.clock.now() };
    if (!(await policies.save(next))) throw new Error('Somebody else changed the policy.');
  });
}
