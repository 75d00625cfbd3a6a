import { createSocket } from 'node:dgram';

const TXT = 16;
const NAME_UNKNOWN = 3;

/** A name server with the TXT records that a test gives it, and nothing else. */
export class NameServer {
  records = new Map();

  static async start(port) {
    const server = new NameServer();
    server.socket = createSocket('udp4');
    server.socket.on('message', (question, { port: asker, address }) => {
      server.socket.send(server.#answer(question), asker, address);
    });
    await new Promise((resolve, reject) => {
      server.socket.once('error', reject);
      server.socket.bind(port, '127.0.0.1', resolve);
    });
    return server;
  }

  async close() {
    await new Promise((resolve) => this.socket.close(resolve));
  }

  /** RFC 1035, section 4: the header, the question as it came, and the records of that name. */
  #answer(question) {
    const { name, end } = nameIn(question);
    const asked = question.subarray(12, end + 4);
    const known = this.records.get(name.toLowerCase());
    const texts = question.readUInt16BE(end) === TXT ? (known ?? []) : [];
    const header = Buffer.alloc(12);
    question.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8580 | (known === undefined ? NAME_UNKNOWN : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(texts.length, 6);
    return Buffer.concat([header, asked, ...texts.map(recordOf)]);
  }
}

function nameIn(question) {
  const labels = [];
  let at = 12;
  while (question[at] !== 0) {
    labels.push(question.subarray(at + 1, at + 1 + question[at]).toString('latin1'));
    at += 1 + question[at];
  }
  return { name: labels.join('.'), end: at + 1 };
}

function recordOf(text) {
  const parts = text.match(/.{1,255}/g) ?? [''];
  const data = Buffer.concat(
    parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)])),
  );
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
