import { mkdir, rename, writeFile } from 'node:fs/promises';
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
}
