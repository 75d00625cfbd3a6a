import type { EventLog } from '#libs/events';
import type { Clock } from '#libs/kernel';
import type { UnitOfWork } from '#libs/tenancy';
import { FakeMailOutbox } from '../mail/mail-outbox.fake-outbox.js';
import { FakeSignInPolicyRepository } from '../sign-in-policy/sign-in-policy.fake-repository.js';
import { FakeTokenIssuer } from '../token/token-issuer.fake-issuer.js';
import type { UserRepository } from '../user/user.repository.js';
import { EndSession } from './end-session.use-case.js';
import { FakeProvidedSessions } from './provided-sessions.fake-record.js';
import { FakeSessionRevocations } from './session-revocations.fake-channel.js';
import type { SessionRepository } from './session.repository.js';
import { StartSession } from './start-session.use-case.js';

interface Parts {
  readonly sessions: SessionRepository;
  readonly users: UserRepository;
  readonly events: EventLog;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly policies?: FakeSignInPolicyRepository;
  readonly mails?: FakeMailOutbox;
}

/** The real thing over fakes. */
export function aStartSession({ sessions, users, events, unitOfWork, clock, ...given }: Parts): StartSession {
  const ending = new EndSession(sessions, new FakeSessionRevocations(), events, unitOfWork, clock);
  const { policies = new FakeSignInPolicyRepository(), mails = new FakeMailOutbox() } = given;
  const tokens = new FakeTokenIssuer();
  return new StartSession(
    ...([
      sessions,
      users,
      new FakeProvidedSessions(),
      policies,
      tokens,
      ending,
      mails,
      events,
      unitOfWork,
      clock,
    ] as const),
  );
}
