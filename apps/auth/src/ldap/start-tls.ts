import type { Socket } from 'node:net';
import { BerReader, ExtendedRequest } from 'ldapts';
import { serverFault } from './ldap-fault.js';

const START_TLS = '1.3.6.1.4.1.1466.20037';
const ANSWER = 0x78;
const MOST_BYTES = 4_096;

/**
 * Asks for encryption on a socket that nothing else was said on. What follows the answer in the clear could be somebody else's
 * words, kept for after the handshake (CVE-2011-0411): then there is no handshake.
 * @throws LdapFault
 */
export async function startTls(socket: Socket, timeoutMs: number): Promise<void> {
  const answer = await asked(socket, timeoutMs);
  const reader = new BerReader(answer);
  reader.readSequence();
  const messageId = reader.readInt();
  const kind = reader.readSequence();
  const status = kind === ANSWER ? reader.readEnumeration() : null;
  if (messageId !== 1 || status !== 0) {
    throw serverFault(
      'ldap_starttls_refused',
      `The server answers ${status ?? 'something else'} to StartTLS.`,
    );
  }
}

async function asked(socket: Socket, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const end = (outcome: () => void) => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', take).off('error', fail).off('close', closed);
      outcome();
    };
    const refuse = (reason: string, actual: string) => {
      end(() => {
        socket.destroy();
        reject(serverFault(reason, actual));
      });
    };
    const take = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const expected = lengthOf(received);
      if (received.length > MOST_BYTES || (expected !== null && received.length > expected)) {
        refuse('ldap_starttls_refused', 'There was more in the clear than the answer.');
      } else if (received.length === expected) {
        end(() => {
          resolve(received);
        });
      }
    };
    const fail = (error: Error) => {
      refuse('ldap_connection_broke', error.message);
    };
    const closed = () => {
      refuse('ldap_connection_broke', 'The server closed the connection.');
    };
    const timer = setTimeout(() => {
      refuse('ldap_too_slow', 'The server does not answer to StartTLS.');
    }, timeoutMs);
    socket.on('data', take).on('error', fail).on('close', closed);
    socket.write(new ExtendedRequest({ messageId: 1, oid: START_TLS }).write());
  });
}

/** Of the whole message; null while its head is not there yet. */
function lengthOf(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const first = bytes.readUInt8(1);
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size > 3 || bytes.length < 2 + size) return size > 3 ? 0 : null;
  return 2 + size + bytes.readUIntBE(2, size);
}
