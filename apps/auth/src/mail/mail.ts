import { z } from 'zod';

export const mailTemplates = [
  'invitation',
  'verification',
  'account_exists',
  'password_reset',
  'password_changed',
  'session_stolen',
  'new_sign_in',
  'factor_added',
  'factor_removed',
  'factors_reset',
  'recovery_code_used',
  'notice',
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** One mail to one person. `link` is a whole URL on the tenant's own host, where the template has one. */
export const mail = z.object({
  template: z.enum(mailTemplates),
  to: z.object({ email: z.string(), name: z.string() }),
  link: z.string().optional(),
  /** Who invites, where that is known. */
  inviter: z.string().optional(),
  /** Where a sign-in came from. */
  facts: z.object({ ip: z.string(), device: z.string() }).optional(),
  /** Of a `notice`: the words themselves, in the language of the reader. */
  wording: z
    .object({
      subject: z.string(),
      paragraphs: z.array(z.string()),
      action: z.string(),
      closing: z.string(),
      language: z.string(),
      direction: z.enum(['ltr', 'rtl']),
    })
    .optional(),
});
export type Mail = z.infer<typeof mail>;

/** A mail is given up after so many. */
export const MAIL_ATTEMPTS = 20;

/** After how many seconds a mail is tried again that could not be handed over for the `attempts`-th time. */
export function retryAfterSeconds(attempts: number): number | null {
  if (attempts >= MAIL_ATTEMPTS) return null;
  return Math.min(3_600, 10 * 2 ** (attempts - 1));
}
