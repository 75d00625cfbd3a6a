import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, type Letter } from './mailer.js';
import { messageOf } from './message.js';

/** Mail by SMTP (RFC 5321), over connections that are kept. */
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    url: string,
    private readonly sender: string,
  ) {
    super();
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      // Links and pictures are our own; nothing is ever read from a file or fetched to put into a mail.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(letter: Letter): Promise<void> {
    await this.transport.sendMail(messageOf(letter, this.sender));
  }

  async forget(): Promise<number> {
    return Promise.resolve(0);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
