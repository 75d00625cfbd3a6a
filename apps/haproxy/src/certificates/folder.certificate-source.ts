import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CertificateSource, type BroughtCertificate } from './certificate-source.js';

/** A folder with `<name>.pem`, or `<name>.crt` beside `<name>.key`: what a client of ACME or a person puts there. */
export class FolderCertificateSource extends CertificateSource {
  constructor(private readonly folder: string) {
    super();
  }

  async all(): Promise<readonly BroughtCertificate[]> {
    const files = new Set(await readdir(this.folder));
    const read = async (file: string) => readFile(join(this.folder, file), 'utf8');
    const brought: BroughtCertificate[] = [];
    for (const file of [...files].sort()) {
      const name = file.slice(0, -4);
      if (file.endsWith('.pem')) brought.push({ name, pem: await read(file) });
      else if (file.endsWith('.crt') && files.has(`${name}.key`)) {
        brought.push({ name, pem: `${await read(file)}\n${await read(`${name}.key`)}` });
      }
    }
    return brought;
  }
}
