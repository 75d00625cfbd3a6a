import { connect } from 'node:net';

const PATIENCE = 10_000;
/** Below HAProxy's `tune.bufsize` (16 KiB), which a command with what follows it has to fit in. */
const MOST_BYTES = 12_000;

/** HAProxy did not do what it was told. */
export class RuntimeApiError extends Error {
  override readonly name = 'RuntimeApiError';

  constructor(
    readonly command: string,
    readonly answer: string,
  ) {
    super(`HAProxy was told "${command}" and said: ${answer.trim() || 'nothing'}`);
  }
}

/** The process that answers at the socket: another one has read its files anew. */
export interface RuntimeProcess {
  readonly pid: number;
  readonly version: string;
}

/** HAProxy's Runtime API (management guide, 9.3: Unix socket commands). One connection a command. */
export class RuntimeApi {
  constructor(private readonly socket: string) {}

  /** @throws Error when nobody listens at the socket, or does not end his answer within 10 s */
  async process(): Promise<RuntimeProcess> {
    const info = await this.ask('show info');
    const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(info)?.[1] ?? '';
    return { pid: Number(value('Pid')), version: value('Version') };
  }

  async showMap(file: string): Promise<Map<string, string>> {
    const entries = new Map<string, string>();
    for (const line of (await this.ask(`show map ${file}`)).split('\n')) {
      const [, key, value] = line.split(' ');
      if (key !== undefined && value !== undefined) entries.set(key, value);
    }
    return entries;
  }

  async addMapEntry(file: string, key: string, value: string): Promise<void> {
    await this.tell(`add map ${file} ${key} ${value}`);
  }

  async setMapEntry(file: string, key: string, value: string): Promise<void> {
    await this.tell(`set map ${file} ${key} ${value}`);
  }

  async deleteMapEntry(file: string, key: string): Promise<void> {
    await this.tell(`del map ${file} ${key}`);
  }

  /** All at once: whoever asks sees the whole map as it was, or the whole new one. */
  async replaceMap(file: string, entries: ReadonlyMap<string, string>): Promise<void> {
    const prepared = await this.ask(`prepare map ${file}`);
    const version = /New version created: (\d+)/.exec(prepared)?.[1];
    if (version === undefined) throw new RuntimeApiError(`prepare map ${file}`, prepared);
    for (const payload of payloadsOf(entries)) await this.tell(`add map @${version} ${file}`, payload);
    await this.tell(`commit map @${version} ${file}`);
  }

  /** The files of the certificates that HAProxy holds. */
  async certificates(): Promise<string[]> {
    const answer = await this.ask('show ssl cert');
    return answer.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('*'));
  }

  /** Of the leaf: SHA-1 in upper-case hexadecimal. */
  async fingerprintOf(file: string): Promise<string> {
    const shown = await this.ask(`show ssl cert ${file}`);
    return /^SHA1 FingerPrint: ([0-9A-F]+)$/m.exec(shown)?.[1] ?? '';
  }

  /** Puts a certificate into use, new or in the place of the one before; connections under way keep theirs. */
  async putCertificate(folder: string, file: string, pem: string, isKnown: boolean): Promise<void> {
    if (!isKnown) await this.expect(`new ssl cert ${file}`, 'New empty certificate store');
    await this.expect(`set ssl cert ${file}`, 'Transaction', pem);
    await this.expect(`commit ssl cert ${file}`, 'Success!');
    if (!isKnown) await this.expect(`add ssl crt-list ${folder} ${file}`, 'Success!');
  }

  async dropCertificate(folder: string, file: string): Promise<void> {
    await this.expect(`del ssl crt-list ${folder} ${file}`, "' deleted");
    await this.expect(`del ssl cert ${file}`, "' deleted");
  }

  /** A command that says nothing when it did what it should. */
  private async tell(command: string, payload?: string): Promise<void> {
    const answer = await this.ask(command, payload);
    if (answer.trim() !== '') throw new RuntimeApiError(command, answer);
  }

  private async expect(command: string, words: string, payload?: string): Promise<void> {
    const answer = await this.ask(command, payload);
    if (!answer.includes(words)) throw new RuntimeApiError(command, answer);
  }

  private async ask(command: string, payload?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const connection = connect(this.socket);
      connection.setTimeout(PATIENCE, () =>
        connection.destroy(new Error(`HAProxy did not answer: ${command}`)),
      );
      connection.on('data', (chunk) => chunks.push(chunk));
      connection.once('error', reject);
      connection.once('end', () => {
        resolve(Buffer.concat(chunks).toString());
      });
      // A payload ends with an empty line.
      connection.write(payload === undefined ? `${command}\n` : `${command} <<\n${payload.trimEnd()}\n\n`);
    });
  }
}

function* payloadsOf(entries: ReadonlyMap<string, string>): Generator<string> {
  let lines: string[] = [];
  let bytes = 0;
  for (const [key, value] of entries) {
    const line = `${key} ${value}`;
    if (bytes + line.length + 1 > MOST_BYTES) {
      yield lines.join('\n');
      lines = [];
      bytes = 0;
    }
    lines.push(line);
    bytes += line.length + 1;
  }
  if (lines.length > 0) yield lines.join('\n');
}
