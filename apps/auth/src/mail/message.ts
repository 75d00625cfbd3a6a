import type { SendMailOptions } from 'nodemailer';
import type { Letter } from './mailer.js';

/** The letter as nodemailer takes it. @param sender the address that all mail of the platform comes from */
export function messageOf(
  { id, from, replyTo, to, subject, text, html }: Letter,
  sender: string,
): SendMailOptions {
  return {
    messageId: `<${id}@${sender.split('@').at(-1) ?? 'localhost'}>`,
    from: { name: from, address: sender },
    to: { name: to.name, address: to.email },
    ...(replyTo !== undefined && { replyTo }),
    ...{ subject, text, html },
    // No answering machine shall answer (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}
