import { Injectable } from '@nestjs/common';
import { connectionTested, type AttemptCheck } from '#libs/contracts/auth';
import { randomToken } from '#libs/crypto';
import { Entitlements } from '#libs/entitlements';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { anonymous, currentContext, runInContext, UnitOfWork, type Actor } from '#libs/tenancy';
import { toldOf, type Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { personOfClaims } from './federated-person.js';
import { OneTimeStore } from './one-time-store.js';
import { RecordAttempt } from './record-attempt.use-case.js';
import { Refusal } from './refusal.js';
import { HANDOFF_SECONDS, type FederatedClaims, type Handoff, type SignInFlow } from './sign-in-flow.js';

/** An answer of a provider, taken apart. */
export interface Answer {
  readonly connection: Connection;
  /** The question that it answers; null where the provider began. */
  readonly flow: SignInFlow | null;
  /** Null where the answer did not hold; `reason` says why then. */
  readonly claims: FederatedClaims | null;
  readonly reason: string | null;
  readonly checks: readonly AttemptCheck[];
  readonly raw: string | null;
  readonly returnTo: string;
}

/** What comes next: a result handed over to the browser, a test that was noted, or nothing. */
export type Settled =
  | { readonly kind: 'handoff'; readonly handle: string; readonly asks: boolean }
  | { readonly kind: 'tested'; readonly attemptId: string; readonly isByLink: boolean }
  | { readonly kind: 'refused'; readonly attemptId: string };

/** Decides what an answer of a provider leads to. Whether it holds was found out before; by which kind does not matter here. */
@Injectable()
export class SettleAnswer {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly store: OneTimeStore,
    private readonly attempts: RecordAttempt,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(answer: Answer): Promise<Settled> {
    const { connection, flow, claims, checks, raw } = answer;
    const reason = answer.reason ?? (await this.objection(connection, flow));
    if (flow?.purpose === 'test') return this.tested({ ...answer, reason });
    if (claims === null || reason !== null) {
      const attemptId = await this.attempts.execute({
        ...{
          connectionId: connection.id,
          purpose: 'sign_in',
          outcome: 'refused',
          reason: reason ?? 'unknown',
        },
        subject: claims?.subject ?? null,
        detail: { checks, raw, attributes: claims?.attributes ?? [] },
      });
      return { kind: 'refused', attemptId };
    }
    const handle = randomToken();
    const handedOver: Handoff = {
      ...{ connectionId: connection.id, claims, returnTo: answer.returnTo },
      browser: flow?.browser ?? null,
    };
    await this.store.put('handoff', handle, handedOver, HANDOFF_SECONDS);
    return { kind: 'handoff', handle, asks: flow === null };
  }

  private async objection({ state }: Connection, flow: SignInFlow | null): Promise<string | null> {
    if (flow?.purpose !== 'test' && state !== 'active') return 'connection_inactive';
    return (await this.entitlements.may('sso')) ? null : 'not_in_plan';
  }

  private async tested({ connection, flow, claims, checks, raw, reason }: Answer): Promise<Settled> {
    const person = claims === null ? null : personOfClaims(connection, claims);
    const found = reason ?? (person?.email === null ? 'email_missing' : null);
    const all = [...checks, ...(person === null ? [] : [emailCheck(person.email)])];
    const succeeded = found === null;
    const attemptId = await this.attempts.execute({
      ...{
        connectionId: connection.id,
        purpose: 'test',
        outcome: succeeded ? 'succeeded' : 'refused',
        reason: found,
      },
      ...{ subject: claims?.subject ?? null, email: person?.email ?? null },
      detail: { checks: all, raw, attributes: claims?.attributes ?? [] },
    });
    const actor = testerOf(flow);
    await runInContext({ ...currentContext(), actor }, () =>
      this.unitOfWork.run(async () => {
        const now = await this.connections.byId(connection.id);
        if (now === null) throw new Refusal('connection_unknown');
        // The settings may have changed since the question: the test says nothing about the new ones.
        const counts = succeeded && now.version === connection.version;
        const told = { ...toldOf(now), succeeded, reason: found };
        if (counts) {
          const passed = {
            testedBy: flow?.testedBy ?? null,
            testedAt: this.clock.now(),
            updatedAt: now.updatedAt,
          };
          const state = now.state === 'draft' ? 'tested' : now.state;
          await this.connections.save({ ...now, ...passed, state });
        }
        await this.events.append(connectionTested, connection.id, told);
      }),
    );
    return { kind: 'tested', attemptId, isByLink: (flow?.setupLinkId ?? null) !== null };
  }
}

/** A provider's answer comes with no session of ours: who asked for it stands in the question. */
function testerOf(flow: SignInFlow | null): Actor {
  const { testedBy = null, setupLinkId = null } = flow ?? {};
  if (testedBy !== null) return { ...anonymous, kind: 'user', id: testedBy };
  return { ...anonymous, id: setupLinkId };
}

function emailCheck(email: string | null): AttemptCheck {
  return { check: 'email_missing', ok: email !== null, expected: null, actual: email };
}
