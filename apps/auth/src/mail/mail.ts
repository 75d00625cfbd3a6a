import { z } from 'zod';

export const mailTemplates = [
  'invitation',
  'verification',
  'account_exists',
  'password_reset',
  'password_changed',
  'session_stolen',
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** One mail to one person. `link` is a whole URL on the tenant's own host, where the template has one. */
export const mail = z.object({
  template: z.enum(mailTemplates),
  to: z.object({ email: z.string(), name: z.string() }),
  link: z.string().optional(),
  /** Who invites, where that is known. */
  inviter: z.string().optional(),
});
export type Mail = z.infer<typeof mail>;

/** After how many seconds a mail is tried again that could not be handed over for the `attempts`-th time. */
export function retryAfterSeconds(attempts: number): number | null {
  if (attempts >= 20) return null;
  return Math.min(3_600, 10 * 2 ** (attempts - 1));
}
