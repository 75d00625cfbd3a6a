import type { Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { OutboundSockets } from '#libs/outbound';
import { OutboundFailed, OutboundRefused } from '#libs/outbound';
import { Client, type Filter, type SearchOptions } from 'ldapts';
import { faultOf, LdapFault, serverFault } from './ldap-fault.js';
import { entryOf, type LdapEntry } from './ldap-entry.js';
import { PasswordPolicyControl, type PasswordState } from './password-policy.js';
import { startTls } from './start-tls.js';

/** Ports of directories: with and without a global catalogue, with TLS and with StartTLS. */
export const DIRECTORY_PORTS = [389, 636, 3268, 3269] as const;
const CONNECT_MS = 3_000;
const ANSWER_MS = 5_000;
const PAGE_MS = 30_000;
/** What one answer may weigh: a few people, and a page of them. */
const MOST_BYTES = 1024 * 1024;
const MOST_PAGE_BYTES = 32 * 1024 * 1024;

export interface LdapTarget {
  readonly host: string;
  readonly port: number;
  readonly security: 'ldaps' | 'starttls';
  /** PEM; none: the roots that Node knows. */
  readonly caCertificates: readonly string[];
  readonly tenant: string;
}

export interface LdapSearch {
  readonly base: string;
  readonly filter: Filter;
  readonly scope?: 'base' | 'sub';
  readonly attributes: readonly string[];
  /** Attributes that are bytes and no text. */
  readonly binary?: readonly string[];
  readonly most: number;
}

/**
 * One encrypted connection to one server. Nothing is said before the certificate is proved; referrals are not followed; what a
 * server answers has a size and a time.
 */
export class LdapSession {
  private received = 0;
  private most = MOST_BYTES;
  private fault: LdapFault | null = null;
  /** What the server said of the password at the last bind besides right or wrong. */
  passwordState: PasswordState | null = null;
  private readonly client: Client;

  private constructor(
    private readonly socket: TLSSocket,
    readonly server: string,
  ) {
    // Before the client's own: what is too much reaches it no more.
    socket.on('data', (bytes: Buffer) => {
      this.received += bytes.length;
      if (this.received <= this.most || this.fault !== null) return;
      this.fault = new LdapFault('ldap_too_large', { actual: `more than ${this.most} bytes` });
      socket.destroy();
    });
    socket.on('error', () => undefined);
    this.client = new Client({
      url: 'ldap://connected',
      // Ours ends what takes too long.
      timeout: 2 * PAGE_MS,
      // A connection that broke is not made again behind our back.
      connectTimeout: 1,
      createConnection: () => socket,
    });
  }

  /** @throws LdapFault */
  static async open(sockets: OutboundSockets, target: LdapTarget): Promise<LdapSession> {
    const plain = await opened(sockets, target);
    try {
      if (target.security === 'starttls') await startTls(plain, ANSWER_MS);
      return new LdapSession(await encrypted(plain, target), `${target.host}:${target.port}`);
    } catch (error) {
      plain.destroy();
      throw error;
    }
  }

  /** The name of the protocol and the fingerprint of the certificate. */
  get proof(): string {
    const { fingerprint256 } = this.socket.getPeerCertificate();
    return `${this.socket.getProtocol() ?? 'TLS'} ${fingerprint256.replaceAll(':', '').toLowerCase().slice(0, 16)}`;
  }

  /** @throws what the client throws; an empty password is never sent, since servers answer success to it (RFC 4513 5.1.2) */
  async bind(dn: string, password: string): Promise<void> {
    if (password.trim() === '' || dn === '') throw new LdapFault('ldap_empty_password');
    const policy = new PasswordPolicyControl();
    try {
      await this.timed(() => this.client.bind(dn, password, [policy]));
    } finally {
      this.passwordState = policy.state;
    }
  }

  /** At most as many as were asked for. @throws LdapFault */
  async search(search: LdapSearch): Promise<readonly LdapEntry[]> {
    try {
      const options = { ...optionsOf(search), sizeLimit: search.most, timeLimit: ANSWER_MS / 1000 };
      const { searchEntries } = await this.timed(() => this.client.search(search.base, options));
      return searchEntries.slice(0, search.most).map(entryOf);
    } catch (error) {
      throw faultOf(error, search.base);
    }
  }

  /** All of them, page by page (RFC 2696). @throws LdapFault */
  async *pages(search: Omit<LdapSearch, 'most'>, pageSize: number): AsyncGenerator<readonly LdapEntry[]> {
    const pages = this.client.searchPaginated(search.base, { ...optionsOf(search), paged: { pageSize } });
    try {
      for (;;) {
        const page = await this.timed(() => pages.next(), { ms: PAGE_MS, bytes: MOST_PAGE_BYTES });
        if (page.done === true) return;
        yield page.value.searchEntries.map(entryOf);
      }
    } catch (error) {
      throw faultOf(error, search.base);
    }
  }

  async close(): Promise<void> {
    await this.client.unbind().catch(() => undefined);
    this.socket.destroy();
  }

  private async timed<T>(work: () => Promise<T>, most = { ms: ANSWER_MS, bytes: MOST_BYTES }): Promise<T> {
    this.received = 0;
    this.most = most.bytes;
    const timer = setTimeout(() => {
      this.fault ??= serverFault('ldap_too_slow', 'The server takes too long.');
      this.socket.destroy();
    }, most.ms);
    try {
      return await work();
    } catch (error) {
      throw this.fault ?? error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function optionsOf({
  filter,
  scope = 'sub',
  attributes,
  binary = [],
}: Omit<LdapSearch, 'most'>): SearchOptions {
  return {
    filter,
    scope,
    attributes: [...attributes],
    explicitBufferAttributes: [...binary],
    derefAliases: 'never',
  };
}

async function opened(sockets: OutboundSockets, { host, port, tenant }: LdapTarget): Promise<Socket> {
  try {
    return await sockets.open({ host, port, tenant, publicPorts: DIRECTORY_PORTS, timeoutMs: CONNECT_MS });
  } catch (error) {
    if (error instanceof OutboundRefused) {
      throw new LdapFault('ldap_address_refused', { actual: error.message }, true);
    }
    if (error instanceof OutboundFailed) throw serverFault('ldap_unreachable', error.message, error);
    throw error;
  }
}

async function encrypted(plain: Socket, { host, caCertificates }: LdapTarget): Promise<TLSSocket> {
  const name = host.replace(/^\[|\]$/g, '');
  let seen: PeerCertificate | null = null;
  const socket = connectTls({
    socket: plain,
    host: name,
    // No name is told where there is only an address (RFC 6066).
    ...(/[a-z]/i.test(name) && !name.includes(':') ? { servername: name } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    ...(caCertificates.length === 0 ? {} : { ca: [...caCertificates] }),
  });
  // Only to say afterwards which certificate it was.
  socket.prependOnceListener('secure', () => {
    seen = socket.getPeerCertificate();
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy(new Error('The handshake takes too long.'));
    }, CONNECT_MS);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      if (socket.authorized) resolve(socket);
      else reject(serverFault('ldap_tls', 'The certificate is not proved.'));
    });
    socket.once('error', (error: Error) => {
      clearTimeout(timer);
      socket.on('error', () => undefined);
      const expected = `a certificate for ${name} from ${caCertificates.length === 0 ? 'a public authority' : 'the authority given'}`;
      const actual = `${tlsWords(error)} ${certificateWords(seen)}`.trim();
      reject(new LdapFault('ldap_tls', { expected, actual }, true, error));
    });
  });
}

const tlsReasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is signed by itself.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The authority of the certificate is not one of those that count.',
  UNABLE_TO_GET_ISSUER_CERT: 'The authority of the certificate is not one of those that count.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The authority of the certificate is not one of those that count.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The authority of the certificate is not one of those that count.',
  CERT_HAS_EXPIRED: 'The certificate has run out.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
  CERT_SIGNATURE_FAILURE: 'The certificate was not signed by the authority that it names.',
  ECONNRESET: 'The server broke off: perhaps it speaks no TLS on this port.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'What the server says is no TLS.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'What the server says is no TLS.',
};

function tlsWords(error: Error): string {
  const { code } = error as { code?: string };
  return (code === undefined ? undefined : tlsReasons[code]) ?? `${error.message.slice(0, 200)}.`;
}

function certificateWords(certificate: PeerCertificate | null): string {
  if (certificate?.subject === undefined) return '';
  const { subject, issuer, valid_to: until, subjectaltname, fingerprint256 } = certificate;
  const name = (of: PeerCertificate['subject']) => [of.CN, of.O].flat().filter(Boolean).join(', ');
  const names = subjectaltname === undefined ? '' : ` for ${subjectaltname}`;
  return `It is of ${name(subject)}${names}, issued by ${name(issuer)}, until ${until}, SHA-256 ${fingerprint256}.`;
}
