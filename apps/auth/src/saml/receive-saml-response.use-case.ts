import { Injectable } from '@nestjs/common';
import type { AttemptCheck } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { addressesOf, isSaml, type SamlConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ClaimOnce } from '../federation/claim-once.use-case.js';
import { OneTimeStore } from '../federation/one-time-store.js';
import { Refusal } from '../federation/refusal.js';
import { SettleAnswer, type Settled } from '../federation/settle-answer.use-case.js';
import {
  flowKey,
  safeReturn,
  signInFlow,
  type FederatedClaims,
  type SignInFlow,
} from '../federation/sign-in-flow.js';
import { openResponse, type SignedResponse } from './signed-xml.js';
import { judge, type Judgement, type SamlStatement } from './strict-profile.js';

export interface SamlPost {
  readonly response: string;
  readonly relayState: string | undefined;
}

interface Found {
  readonly checks: readonly AttemptCheck[];
  readonly reason: string | null;
  readonly statement: SamlStatement | null;
  readonly flow: SignInFlow | null;
}

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** Takes what a SAML provider posts: opened, held against the strict profile, matched with its question, counted once. */
@Injectable()
export class ReceiveSamlResponse {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly store: OneTimeStore,
    private readonly once: ClaimOnce,
    private readonly settling: SettleAnswer,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal where there is no such connection */
  async execute(connectionId: string, { response, relayState }: SamlPost): Promise<Settled> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isSaml(connection)) throw new Refusal('connection_unknown');
    const xml = BASE64.test(response) ? Buffer.from(response, 'base64').toString('utf8') : '';
    const { checks, reason, statement, flow } = await this.look(connection, xml);
    return this.settling.execute({
      ...{ connection, flow, reason, checks, raw: xml },
      claims: statement === null ? null : claimsOf(statement),
      returnTo: flow?.returnTo ?? safeReturn(relayState),
    });
  }

  private async look(connection: SamlConnection, xml: string): Promise<Found> {
    const nothing = { statement: null, flow: null };
    let opened: SignedResponse;
    try {
      if (xml === '') throw new Refusal('not_a_response');
      opened = await openResponse(xml, await this.trust(connection, xml));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const failed = { check: error.reason, ok: false, expected: null, actual: null, ...error.found };
      // A test that fails here is still the test of the browser that asks: found by what is not proved, to show it alone.
      return {
        ...nothing,
        checks: [failed],
        reason: error.reason,
        flow: await this.testNamedBy(connection, xml),
      };
    }
    const judged = this.judged(connection, opened);
    const { checks, statement } = judged;
    if (judged.reason !== null) {
      const flow = await this.testNamedBy(connection, xml);
      return { checks, reason: judged.reason, statement: null, flow };
    }
    const { flow, check } = await this.asked(connection, statement);
    if (!check.ok) return { ...nothing, checks: [...checks, check], reason: check.check };
    const isFirst = await this.once.execute(
      ['saml', connection.id, statement.issuer, statement.assertionId],
      statement.validUntil,
    );
    const used = { check: 'replayed', ok: isFirst, expected: null, actual: statement.assertionId };
    const all = [...checks, check, used];
    return isFirst
      ? { checks: all, reason: null, statement, flow }
      : { checks: all, reason: 'replayed', statement, flow: null };
  }

  private async trust({ id, saml }: SamlConnection, xml: string) {
    const needsKey = xml.includes('EncryptedAssertion');
    const decryptionKeys = needsKey ? (await this.connections.secretsOf(id)).keys : [];
    return { certificates: saml.certificates, decryptionKeys, allowSha1: saml.allowSha1 };
  }

  private judged(connection: SamlConnection, opened: SignedResponse): Judgement {
    const { entityId, signed, allowIdpInitiated } = connection.saml;
    const { acs, samlMetadata } = addressesOf(connection);
    return judge(opened, {
      ...{ idpEntityId: entityId, spEntityId: samlMetadata, acsUrl: acs },
      ...{ now: this.clock.now(), signed, allowIdpInitiated },
    });
  }

  /** The question that it answers, which it answers once. Where the provider began, there is none. */
  private async asked(
    connection: SamlConnection,
    { inResponseTo }: SamlStatement,
  ): Promise<{ flow: SignInFlow | null; check: AttemptCheck }> {
    const check = { check: 'request_known', expected: null, actual: inResponseTo };
    if (inResponseTo === null) return { flow: null, check: { ...check, ok: true } };
    const flow = signInFlow.safeParse(await this.store.take('flow', flowKey(connection.id, inResponseTo)));
    const isOurs = flow.success && flow.data.connectionId === connection.id;
    return { flow: isOurs ? flow.data : null, check: { ...check, ok: isOurs } };
  }

  /** Only a test, and only to show an administrator what is wrong with it: nobody is signed in by it. */
  private async testNamedBy(connection: SamlConnection, xml: string): Promise<SignInFlow | null> {
    const id = /\bInResponseTo="([A-Za-z0-9_]{10,100})"/.exec(xml)?.[1];
    if (id === undefined) return null;
    const key = flowKey(connection.id, id);
    const flow = signInFlow.safeParse(await this.store.read('flow', key));
    if (!flow.success || flow.data.purpose !== 'test') return null;
    await this.store.take('flow', key);
    return flow.data;
  }
}

function claimsOf(statement: SamlStatement): FederatedClaims {
  return {
    ...{ issuer: statement.issuer, subject: statement.subject, providerSession: statement.sessionIndex },
    attributes: [...statement.attributes].map(([name, values]) => [name, [...values]]),
    logoutHint: statement.nameIdFormat,
    sessionUntil: statement.sessionUntil?.getTime() ?? null,
    amr: [],
  };
}
