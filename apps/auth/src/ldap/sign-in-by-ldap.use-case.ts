import { setTimeout as after } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { AttemptCheck } from '#libs/contracts/auth';
import { equalSecrets } from '#libs/crypto';
import type { DomainError } from '#libs/kernel';
import { currentContext, currentTenant } from '#libs/tenancy';
import { isLdap, type LdapConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { OneTimeStore } from '../federation/one-time-store.js';
import { SettleAnswer, type Settled } from '../federation/settle-answer.use-case.js';
import {
  browserHash,
  flowKey,
  signInFlow,
  type FederatedClaims,
  type SignInFlow,
} from '../federation/sign-in-flow.js';
import { LoginThrottle } from '../throttle/login-throttle.js';
import { LdapDirectory, type TypedIn } from './ldap-directory.js';
import { folded } from './ldap-entry.js';
import { LdapFault } from './ldap-fault.js';
import { LdapMetrics } from './ldap-metrics.js';
import {
  LdapAccountHeld,
  LdapCredentialsWrong,
  LdapFlowUnknown,
  LdapPasswordChange,
  LdapUnavailable,
} from './ldap.errors.js';

export interface LdapAnswer extends TypedIn {
  readonly connectionId: string;
  readonly flow: string;
  readonly browserToken: string | null;
}

/** What is wrong answers at the end of a step of this clock, so that it does not tell by its time what it was. */
const STEP_MS = 500;
/** One directory that answers slowly holds no more requests than these. */
const MOST_AT_ONCE = 30;

/** The password was right, so whoever typed it may know. */
const toTell: Readonly<Record<string, () => DomainError>> = {
  ldap_account_disabled: () => new LdapAccountHeld(),
  ldap_account_expired: () => new LdapAccountHeld(),
  ldap_password_change: () => new LdapPasswordChange(),
};
/** All of these look the same from outside. */
const wrong = new Set([
  'ldap_person_unknown',
  'ldap_person_ambiguous',
  'ldap_wrong_password',
  'ldap_empty_password',
  'ldap_name_malformed',
  'ldap_account_locked',
  'ldap_account_hours',
  'ldap_other_entry',
  'ldap_id_missing',
]);

interface Proof {
  readonly claims: FederatedClaims | null;
  readonly reason: string | null;
}

/** Takes name and password of a directory, for a sign-in or a test that this very browser began. */
@Injectable()
export class SignInByLdap {
  private readonly underWay = new Map<string, number>();

  constructor(
    private readonly connections: ConnectionRepository,
    private readonly directory: LdapDirectory,
    private readonly throttle: LoginThrottle,
    private readonly store: OneTimeStore,
    private readonly settling: SettleAnswer,
    private readonly metrics: LdapMetrics,
  ) {}

  /** @throws LdapFlowUnknown */
  async describe({ connectionId, flow, browserToken }: Omit<LdapAnswer, keyof TypedIn>) {
    const { connection, begun } = await this.begun(connectionId, flow, browserToken);
    return { connection: connection.name, purpose: begun.purpose };
  }

  /**
   * @throws LdapFlowUnknown, LdapCredentialsWrong, LdapAccountHeld, LdapPasswordChange, LdapUnavailable, TooManyAttempts;
   * a test throws none of them but the first: its trace says what was wrong
   */
  async execute(answer: LdapAnswer): Promise<Settled> {
    const { connectionId, flow, browserToken, username } = answer;
    const { connection, begun } = await this.begun(connectionId, flow, browserToken);
    const account = `ldap ${connectionId} ${folded(username)}`;
    const attempted = { realm: currentTenant().id, email: account, ip: currentContext().ip };
    const attempt = await this.throttle.begin(attempted);
    const checks: AttemptCheck[] = [];
    const since = performance.now();
    let proof: Proof;
    try {
      proof = await this.proved(connection, answer, checks);
    } catch (error) {
      await attempt.abandoned();
      throw error;
    }
    const { reason } = proof;
    if (reason === null || Object.hasOwn(toTell, reason)) await attempt.succeeded();
    else if (wrong.has(reason)) await attempt.failed();
    else await attempt.abandoned();
    const settled = await this.settled(connection, begun, flow, { ...proof, checks });
    if (settled.kind !== 'refused') return settled;
    this.metrics.refused(reason ?? 'after_the_directory');
    const elapsed = performance.now() - since;
    await after(STEP_MS - (elapsed % STEP_MS));
    throw this.saidOf(reason);
  }

  private async proved(connection: LdapConnection, typed: TypedIn, checks: AttemptCheck[]): Promise<Proof> {
    const key = `${currentTenant().id} ${connection.id}`;
    const others = this.underWay.get(key) ?? 0;
    if (others >= MOST_AT_ONCE) throw new LdapUnavailable();
    this.underWay.set(key, others + 1);
    const note = (check: AttemptCheck) => checks.push(check);
    try {
      return { claims: await this.directory.prove(connection, typed, note), reason: null };
    } catch (error) {
      if (!(error instanceof LdapFault)) throw error;
      checks.push({ check: error.reason, ok: false, expected: null, actual: null, ...error.found });
      return { claims: null, reason: error.reason };
    } finally {
      const left = (this.underWay.get(key) ?? 1) - 1;
      if (left > 0) this.underWay.set(key, left);
      else this.underWay.delete(key);
    }
  }

  /** A sign-in may be tried again until it succeeds; then, as a test at once, it is over. */
  private async settled(
    connection: LdapConnection,
    begun: SignInFlow,
    flow: string,
    { claims, reason, checks }: Proof & { readonly checks: readonly AttemptCheck[] },
  ): Promise<Settled> {
    if (claims !== null || begun.purpose === 'test') {
      const taken = await this.store.take('flow', flowKey(connection.id, flow));
      if (taken === null) throw new LdapFlowUnknown();
    }
    return this.settling.execute({
      ...{ connection, flow: begun, claims, reason, checks, raw: null, returnTo: begun.returnTo },
    });
  }

  private saidOf(reason: string | null): DomainError {
    const told = reason === null ? undefined : toTell[reason];
    if (told !== undefined) return told();
    if (reason === null) return new LdapFlowUnknown();
    return wrong.has(reason) ? new LdapCredentialsWrong() : new LdapUnavailable();
  }

  private async begun(connectionId: string, flow: string, browserToken: string | null) {
    const connection = await this.connections.byId(connectionId);
    const found = signInFlow.safeParse(await this.store.read('flow', flowKey(connectionId, flow)));
    const isOurs =
      found.success &&
      found.data.connectionId === connectionId &&
      browserToken !== null &&
      equalSecrets(browserHash(browserToken), found.data.browser);
    if (connection === null || !isLdap(connection) || !isOurs) throw new LdapFlowUnknown();
    return { connection, begun: found.data };
  }
}
