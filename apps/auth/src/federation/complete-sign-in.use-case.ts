import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import { DomainError } from '#libs/kernel';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { SecondStepRequired } from '../factor/factor.errors.js';
import { SignInGate } from '../session/sign-in-gate.js';
import type { SignIn } from '../session/sign-in.js';
import { RecordAttempt, type AttemptInput } from './record-attempt.use-case.js';
import { Refusal } from './refusal.js';
import { ResolvePerson } from './resolve-person.use-case.js';
import type { FederatedClaims, Handoff } from './sign-in-flow.js';

/** Makes a session of what a provider said, by the way that every session takes. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly resolving: ResolvePerson,
    private readonly gate: SignInGate,
    private readonly attempts: RecordAttempt,
    private readonly entitlements: Entitlements,
  ) {}

  /** @throws Refusal that is written down; SecondStepRequired and other refusals of the gate */
  async execute({ connectionId, claims }: Handoff): Promise<SignIn> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null) throw new Refusal('connection_unknown');
    try {
      return await this.enter(connection, claims);
    } catch (error) {
      const reason =
        error instanceof Refusal ? error.reason : error instanceof DomainError ? error.code : null;
      if (reason !== null && !(error instanceof SecondStepRequired)) {
        const { attributes } = claims;
        const failed =
          error instanceof Refusal
            ? { expected: null, actual: null, ...error.found }
            : { expected: null, actual: null };
        const checks = [{ check: reason, ok: false, ...failed }];
        const outcome = {
          connectionId,
          purpose: 'sign_in',
          outcome: 'refused',
          reason,
          subject: claims.subject,
        } as const;
        await this.attempts.execute({ ...outcome, detail: { checks, attributes } });
      }
      throw error;
    }
  }

  private async enter(connection: Connection, claims: FederatedClaims): Promise<SignIn> {
    if (connection.state !== 'active') throw new Refusal('connection_inactive');
    if (!(await this.entitlements.may('sso'))) throw new Refusal('not_in_plan');
    const user = await this.resolving.execute(connection, claims);
    const { issuer, subject, providerSession, logoutHint, sessionUntil, amr } = claims;
    const provider = { connectionId: connection.id, issuer, subject, providerSession, logoutHint };
    const until = sessionUntil === null ? undefined : new Date(sessionUntil);
    const told: Omit<AttemptInput, 'reason'> = {
      ...{ connectionId: connection.id, purpose: 'sign_in', outcome: 'succeeded', subject },
      ...{ email: user.email, detail: { attributes: claims.attributes } },
    };
    try {
      const signIn = await this.gate.execute(user, { method: connection.kind, amr, until, provider });
      await this.attempts.execute({ ...told, reason: null });
      return signIn;
    } catch (error) {
      // The provider did its part; what is left is between the person and the academy.
      if (error instanceof SecondStepRequired) {
        await this.attempts.execute({ ...told, reason: 'second_step' });
      }
      throw error;
    }
  }
}
