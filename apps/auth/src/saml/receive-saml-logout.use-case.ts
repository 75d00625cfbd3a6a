import { createVerify } from 'node:crypto';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { addressesOf, isSaml, type SamlConnection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { ClaimOnce } from '../federation/claim-once.use-case.js';
import { EndProviderSessions } from '../federation/end-provider-sessions.use-case.js';
import { RecordAttempt } from '../federation/record-attempt.use-case.js';
import { Refusal } from '../federation/refusal.js';
import { ASSERTION, PROTOCOL } from './saml-names.js';
import { SamlProvider } from './saml-provider.js';
import { openMessage } from './signed-xml.js';
import { childOf, childrenOf, readXml, requirePlainXml, type XmlElement } from './xml-tree.js';

/** A message as its binding carries it. */
export type LogoutMessage =
  | { readonly binding: 'redirect'; readonly query: string }
  | { readonly binding: 'post'; readonly message: string; readonly relayState: string };

const MOST_BYTES = 256 * 1024;
const SKEW_MS = 60_000;
const LIFETIME_MS = 5 * 60_000;
const algorithms: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'RSA-SHA256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': 'RSA-SHA384',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'RSA-SHA512',
};
const inflate = promisify(inflateRaw);

/** Single logout: a signed request of the provider ends the sessions it names, its answer to ours ends a journey. */
@Injectable()
export class ReceiveSamlLogout {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly once: ClaimOnce,
    private readonly ending: EndProviderSessions,
    private readonly provider: SamlProvider,
    private readonly attempts: RecordAttempt,
    private readonly clock: Clock,
  ) {}

  /** Where the browser goes next. @throws Refusal */
  async execute(connectionId: string, message: LogoutMessage): Promise<string> {
    const connection = await this.connections.byId(connectionId);
    if (connection === null || !isSaml(connection)) throw new Refusal('connection_unknown');
    try {
      return await this.receive(connection, message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const checks = [{ check: error.reason, ok: false, expected: null, actual: null, ...error.found }];
      await this.attempts.execute({
        connectionId,
        purpose: 'logout',
        outcome: 'refused',
        reason: error.reason,
        detail: { checks },
      });
      throw error;
    }
  }

  private async receive(connection: SamlConnection, message: LogoutMessage): Promise<string> {
    const { root, relayState } =
      message.binding === 'post'
        ? await this.posted(connection, message)
        : await redirected(connection, message.query);
    const { signedOut } = addressesOf(connection);
    if (root.namespace !== PROTOCOL) throw new Refusal('not_a_logout');
    this.requireForUs(connection, root);
    if (root.name === 'LogoutResponse') return signedOut;
    if (root.name !== 'LogoutRequest') throw new Refusal('not_a_logout');
    if (connection.state === 'disabled') throw new Refusal('connection_inactive');
    const id = root.attributes.get('ID') ?? '';
    const until = new Date(this.clock.now().getTime() + LIFETIME_MS + 2 * SKEW_MS);
    if (!(await this.once.execute(['saml-logout', connection.id, id], until))) throw new Refusal('replayed');
    const subject = childOf(root, ASSERTION, 'NameID')?.text.trim() ?? '';
    if (subject === '') throw new Refusal('subject');
    const indexes = childrenOf(root, PROTOCOL, 'SessionIndex').map(({ text }) => text.trim());
    const named = indexes.length === 0 ? [null] : indexes;
    const issuer = connection.saml.entityId;
    for (const providerSession of named) {
      await this.ending.execute(connection.id, { issuer, subject, providerSession });
    }
    await this.attempts.execute({
      connectionId: connection.id,
      purpose: 'logout',
      outcome: 'succeeded',
      reason: null,
      subject,
    });
    return (await this.provider.logoutAnswerUrl(connection, id, relayState)) ?? signedOut;
  }

  private async posted(
    { saml }: SamlConnection,
    { message, relayState }: Extract<LogoutMessage, { binding: 'post' }>,
  ): Promise<{ root: XmlElement; relayState: string }> {
    const xml = Buffer.from(message, 'base64').toString('utf8');
    const trust = { certificates: saml.certificates, decryptionKeys: [], allowSha1: saml.allowSha1 };
    return { root: await openMessage(xml, trust), relayState };
  }

  private requireForUs({ saml, ...connection }: SamlConnection, { attributes, ...root }: XmlElement): void {
    const { slo } = addressesOf(connection);
    const issuer = childOf({ attributes, ...root }, ASSERTION, 'Issuer')?.text.trim() ?? null;
    if (issuer !== saml.entityId) throw new Refusal('issuer', { expected: saml.entityId, actual: issuer });
    const destination = attributes.get('Destination') ?? null;
    if (destination !== null && destination !== slo) {
      throw new Refusal('destination', { expected: slo, actual: destination });
    }
    const issued = new Date(attributes.get('IssueInstant') ?? 'none').getTime();
    const until = attributes.get('NotOnOrAfter');
    const now = this.clock.now().getTime();
    const isFresh = issued >= now - LIFETIME_MS - SKEW_MS && issued <= now + SKEW_MS;
    if (!isFresh || (until !== undefined && !(new Date(until).getTime() > now - SKEW_MS))) {
      throw new Refusal('age', { actual: attributes.get('IssueInstant') ?? null });
    }
  }
}

/** The signature is over the query as it came, each part once (Bindings 3.4.4.1). */
async function redirected(
  { saml }: SamlConnection,
  query: string,
): Promise<{ root: XmlElement; relayState: string }> {
  const parts = new Map<string, string>();
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    if (parts.has(name)) throw new Refusal('signature_misplaced');
    parts.set(name, value);
  }
  const name = parts.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse';
  const algorithm = algorithms[decoded(parts.get('SigAlg'))];
  const signature = decoded(parts.get('Signature'));
  if (signature === '') throw new Refusal('not_signed');
  if (algorithm === undefined) {
    throw new Refusal('signature_algorithm', { actual: decoded(parts.get('SigAlg')) });
  }
  const signed = [name, 'RelayState', 'SigAlg']
    .filter((part) => parts.has(part))
    .map((part) => `${part}=${parts.get(part) ?? ''}`)
    .join('&');
  const holds = saml.certificates.some((certificate) =>
    createVerify(algorithm).update(signed).verify(certificate, signature, 'base64'),
  );
  if (!holds) throw new Refusal('signature_invalid');
  const xml = await inflated(decoded(parts.get(name)));
  requirePlainXml(xml);
  return { root: await readXml(xml), relayState: decoded(parts.get('RelayState')).slice(0, 200) };
}

async function inflated(message: string): Promise<string> {
  try {
    return (await inflate(Buffer.from(message, 'base64'), { maxOutputLength: MOST_BYTES })).toString('utf8');
  } catch (cause) {
    throw new Refusal('xml_malformed', {}, cause);
  }
}

function decoded(value: string | undefined): string {
  try {
    return decodeURIComponent((value ?? '').replaceAll('+', ' ')).replaceAll(' ', '+');
  } catch {
    return '';
  }
}
