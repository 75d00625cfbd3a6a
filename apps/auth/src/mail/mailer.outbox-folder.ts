import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Mailer, type Letter } from './mailer.js';
import { messageOf } from './message.js';

/** For development: each mail becomes a file `<folder>/<id>.eml` instead of being sent. Ids sort by time. */
export class OutboxFolderMailer extends Mailer {
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

  constructor(
    private readonly folder: string,
    private readonly sender: string,
  ) {
    super();
  }

  async send(letter: Letter): Promise<void> {
    const { message } = await this.transport.sendMail(messageOf(letter, this.sender));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${letter.id}.eml`);
    // Whoever watches the folder sees whole mails only.
    await writeFile(`${file}.part`, message, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  async forget(email: string): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    let forgotten = 0;
    for (const name of names.filter((found) => found.endsWith('.eml'))) {
      const file = join(this.folder, name);
      const letter = await readFile(file, 'latin1').catch(() => '');
      if (!isTo(letter, email)) continue;
      await rm(file, { force: true });
      forgotten += 1;
    }
    return forgotten;
  }
}

/** By the header, whose lines may be folded. */
function isTo(letter: string, email: string): boolean {
  const [head = ''] = letter.split('\n\n', 1);
  const to = /^to:((?:.|\n[ \t])*)/im.exec(head)?.[1] ?? '';
  return to.toLowerCase().includes(`<${email}>`) || to.trim().toLowerCase() === email;
}
