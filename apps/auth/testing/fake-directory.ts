import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';
import type { TestCertificate } from './test-authority.js';

/** What came: the kind of the operation (RFC 4511) by its tag, and its id. */
export interface LdapMessage {
  readonly id: number;
  readonly operation: 'bind' | 'search' | 'extended' | 'unbind' | 'other';
}

const operations: Readonly<Record<number, LdapMessage['operation']>> = {
  0x60: 'bind',
  0x63: 'search',
  0x77: 'extended',
  0x42: 'unbind',
};

type Answers = (message: LdapMessage, socket: Socket) => readonly Buffer[];

/** A directory that answers as an attack wants it to. */
export class FakeDirectory {
  readonly heard: LdapMessage['operation'][] = [];
  connections = 0;
  answers: Answers = ({ id }) => [result(id, 0x61, 0)];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Without a certificate it speaks in the clear. */
  static async start(certificate: TestCertificate | null): Promise<FakeDirectory> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeDirectory(server, (server.address() as AddressInfo).port);
    server.on('connection', (plain) => {
      fake.connections += 1;
      plain.on('error', () => undefined);
      const socket =
        certificate === null
          ? plain
          : new TLSSocket(plain, { isServer: true, cert: certificate.certificate, key: certificate.key });
      socket
        .on('error', () => undefined)
        .on('data', (bytes: Buffer) => {
          const message = messageOf(bytes);
          fake.heard.push(message.operation);
          for (const answer of fake.answers(message, socket)) socket.write(answer);
        });
    });
    return fake;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function messageOf(bytes: Buffer): LdapMessage {
  // What is not LDAP (the beginning of a handshake) begins with something else.
  if (bytes[0] !== 0x30) return { id: 1, operation: 'other' };
  const reader = new BerReader(bytes);
  reader.readSequence();
  const id = reader.readInt() ?? 0;
  return { id, operation: operations[reader.peek() ?? 0] ?? 'other' };
}

function message(id: number, tag: number, body: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  body(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

/** 0x61: of a bind, 0x65: the end of a search, 0x78: of an extended operation. */
export function result(id: number, tag: number, code: number, referral?: string): Buffer {
  return message(id, tag, (writer) => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('');
    if (referral === undefined) return;
    writer.startSequence(0xa3);
    writer.writeString(referral);
    writer.endSequence();
  });
}

export function searchEntry(
  id: number,
  dn: string,
  attributes: Readonly<Record<string, string | readonly string[]>>,
): Buffer {
  return message(id, 0x64, (writer) => {
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(0x31);
      for (const value of [values].flat()) writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  });
}

export function searchReference(id: number, url: string): Buffer {
  return message(id, 0x73, (writer) => {
    writer.writeString(url);
  });
}
