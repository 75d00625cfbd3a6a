import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../maps/map-files.js';
import type { RuntimeApi } from '../runtime/runtime-api.js';
import { CertificateFault, readCertificate, type Certificate } from './certificate.js';
import type { CertificateSource } from './certificate-source.js';

export interface CertificateReport {
  readonly inUse: number;
  /** What is not put into use, by name, and why. The good one that was there before stays. */
  readonly faults: ReadonlyMap<string, string>;
  /** When the first of those in use runs out. */
  readonly firstEnd: Date | null;
}

const hostName = /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Keeps the certificates of custom domains of one HAProxy as their source has them, on disk and in its memory. */
export class CertificateKeeper {
  private readonly good = new Map<string, Certificate>();
  private readonly faults = new Map<string, string>();
  /** As they were brought, by name: what has not changed is not read again. */
  private brought = new Map<string, string>();
  /** The fingerprints that HAProxy holds, by file, as far as they are known; null: it has to be asked. */
  private held: Map<string, string> | null = null;

  constructor(
    private readonly api: RuntimeApi,
    private readonly source: CertificateSource,
    /** As HAProxy names it in its configuration. */
    private readonly folder: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Writes what is good to where HAProxy reads it when it starts, and takes away what the source has no more. */
  async write(): Promise<CertificateReport> {
    await mkdir(this.folder, { recursive: true });
    const brought = new Map((await this.source.all()).map(({ name, pem }) => [name, pem]));
    for (const [name, pem] of brought) if (this.brought.get(name) !== pem) await this.read(name, pem);
    for (const name of this.brought.keys()) if (!brought.has(name)) await this.drop(name);
    if (this.brought.size === 0) await this.sweep();
    this.brought = brought;
    const ends = [...this.good.values()].map(({ notAfter }) => notAfter.getTime());
    return {
      inUse: this.good.size,
      faults: this.faults,
      firstEnd: ends.length === 0 ? null : new Date(Math.min(...ends)),
    };
  }

  /** Brings a HAProxy that runs to what was written, and says how many were not so. @throws RuntimeApiError */
  async apply(): Promise<number> {
    const held = this.held ?? (await this.ask());
    this.held = null;
    let changes = 0;
    for (const [name, { pem, fingerprint }] of this.good) {
      const file = this.fileOf(name);
      if (held.get(file) === fingerprint) continue;
      await this.api.putCertificate(this.folder, file, pem, held.has(file));
      held.set(file, fingerprint);
      changes += 1;
    }
    const wanted = new Set([...this.good.keys()].map((name) => this.fileOf(name)));
    for (const file of held.keys()) {
      if (wanted.has(file)) continue;
      await this.api.dropCertificate(this.folder, file);
      held.delete(file);
      changes += 1;
    }
    this.held = held;
    return changes;
  }

  /** Another process answers, or it is time to look whether what we believe is so. */
  forget(): void {
    this.held = null;
  }

  private async read(name: string, pem: string): Promise<void> {
    try {
      if (!hostName.test(name)) throw new CertificateFault('Its name is not one of a host.');
      const certificate = readCertificate(name, pem, this.now());
      await replaceFile(this.fileOf(name), certificate.pem, 0o640);
      this.good.set(name, certificate);
      this.faults.delete(name);
    } catch (error) {
      if (!(error instanceof CertificateFault)) throw error;
      this.faults.set(name, error.message);
      if (!this.good.has(name)) await this.restore(name);
    }
  }

  /** The good one of another life of this process, if there is one. */
  private async restore(name: string): Promise<void> {
    if (!hostName.test(name)) return;
    const path = this.fileOf(name);
    if (!(await readdir(this.folder)).includes(basename(path))) return;
    try {
      this.good.set(name, readCertificate(name, await readFile(path, 'utf8'), this.now()));
    } catch (error) {
      if (!(error instanceof CertificateFault)) throw error;
    }
  }

  private async drop(name: string): Promise<void> {
    this.faults.delete(name);
    if (this.good.delete(name)) await rm(this.fileOf(name), { force: true });
  }

  /** What another life of this process has left and the source has no more. */
  private async sweep(): Promise<void> {
    const wanted = new Set([...this.good.keys()].map((name) => basename(this.fileOf(name))));
    for (const file of await readdir(this.folder)) if (!wanted.has(file)) await rm(join(this.folder, file));
  }

  private async ask(): Promise<Map<string, string>> {
    const ours = (await this.api.certificates()).filter((file) => dirname(file) === this.folder);
    const held = new Map<string, string>();
    for (const file of ours) held.set(file, await this.api.fingerprintOf(file));
    return held;
  }

  /** A wildcard's star has no place in a file's name. */
  private fileOf(name: string): string {
    return join(this.folder, `${name.replace('*', '_')}.pem`);
  }
}
