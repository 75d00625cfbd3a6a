import { letterPage } from './letter-page.js';
import type { TenantProfile } from '../tenant/tenant-profile.js';
import type { Mail, MailTemplate } from './mail.js';
import type { Letter } from './mailer.js';

interface Wording {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the button says, where there is a link. */
  readonly action?: string;
  readonly closing?: string;
}

type Words = (mail: Mail, academy: string) => Wording;

const wordings: Readonly<Record<MailTemplate, Words>> = {
  invitation: ({ inviter }, academy) => ({
    subject: `You are invited to ${academy}`,
    paragraphs: [
      `${inviter ?? 'Your administrator'} has invited you to ${academy}.`,
      'Choose a password of your own, and you can start.',
    ],
    action: 'Accept the invitation',
    closing: 'The link works once, for 14 days. If you did not expect this, just leave it.',
  }),
  verification: (_, academy) => ({
    subject: `Confirm your e-mail address for ${academy}`,
    paragraphs: [`You, or somebody with your address, registered at ${academy}. One step is left.`],
    action: 'Confirm my address',
    closing:
      'The link works once, for 24 hours. If it was not you, just leave it: without the link nothing happens.',
  }),
  account_exists: (_, academy) => ({
    subject: `You have an account at ${academy} already`,
    paragraphs: [
      `You, or somebody with your address, just tried to register at ${academy}. You have an account there already.`,
      'Sign in with your password, or set a new one if you do not know it any more.',
    ],
    action: 'Sign in',
    closing: 'If it was not you, there is nothing to do.',
  }),
  password_reset: (_, academy) => ({
    subject: `Set a new password for ${academy}`,
    paragraphs: [`You, or somebody with your address, asked for a new password for ${academy}.`],
    action: 'Set a new password',
    closing:
      'The link works once, for one hour. If it was not you, just leave it: your password stays as it is.',
  }),
  password_changed: (_, academy) => ({
    subject: `Your password for ${academy} was changed`,
    paragraphs: [
      `The password of your account at ${academy} was changed just now, and other devices were signed out.`,
      'If it was not you, set a new password at once and tell your administrator.',
    ],
  }),
  session_stolen: (_, academy) => ({
    subject: `We signed one of your devices out of ${academy}`,
    paragraphs: [
      `A sign-in of yours at ${academy} was used from two places at once, as happens when somebody has copied it. ` +
        'To be safe we ended it.',
      'Sign in again. If you did not do anything unusual, set a new password as well.',
    ],
  }),
  new_sign_in: ({ facts }, academy) => ({
    subject: `New sign-in at ${academy}`,
    paragraphs: [
      `Somebody just signed in to your account at ${academy} from a device or a network that you did not use lately.`,
      `Device: ${facts?.device ?? 'unknown'}. Address: ${facts?.ip ?? 'unknown'}.`,
      'If it was you, there is nothing to do. If not, set a new password at once and tell your administrator.',
    ],
  }),
  factor_added: (_, academy) => ({
    subject: `A new way to confirm your sign-in at ${academy}`,
    paragraphs: [
      `An authenticator app or a passkey was added to your account at ${academy}.`,
      'If it was not you, remove it under "Account" and tell your administrator.',
    ],
  }),
  factor_removed: (_, academy) => ({
    subject: `A way to confirm your sign-in at ${academy} was removed`,
    paragraphs: [
      `An authenticator app or a passkey was removed from your account at ${academy}.`,
      'If it was not you, set a new password at once and tell your administrator.',
    ],
  }),
  factors_reset: (_, academy) => ({
    subject: `Your second sign-in step at ${academy} was reset`,
    paragraphs: [
      `An administrator removed all authenticator apps, passkeys and recovery codes of your account at ${academy}, and signed you out everywhere.`,
      'Set a new one up when you sign in again. If you did not ask for this, tell your administrator.',
    ],
  }),
  recovery_code_used: (_, academy) => ({
    subject: `A recovery code was used at ${academy}`,
    paragraphs: [
      `Somebody just signed in to your account at ${academy} with one of your recovery codes. It does not work again.`,
      'If it was not you, set a new password at once and tell your administrator.',
    ],
  }),
  notice: ({ wording }, academy) => wording ?? { subject: academy, paragraphs: [] },
};

/** The letter of a mail in the brand of the tenant: plain text and HTML that say the same. */
export function letterOf(id: string, mail: Mail, profile: TenantProfile, home: string): Letter {
  const { name } = profile;
  const { subject, paragraphs, action, closing } = wordings[mail.template](mail, name);
  const greeting = greetingOf(mail);
  const button = mail.link !== undefined && action !== undefined ? { link: mail.link, action } : null;
  const lines = [
    greeting,
    ...paragraphs,
    ...(button === null ? [] : [`${button.action}:\n${button.link}`]),
    ...(closing === undefined ? [] : [closing]),
    `${name}\n${home}`,
  ];
  const { language, direction } = mail.wording ?? { language: 'en', direction: 'ltr' as const };
  const replyTo = profile.mailReplyTo ?? undefined;
  return {
    ...{ id, subject, from: profile.mailSender ?? name, to: mail.to },
    ...(replyTo !== undefined && { replyTo }),
    text: `${lines.join('\n\n')}\n`,
    html: letterPage({
      ...{ subject, greeting, paragraphs, button, language, direction, home, academy: name },
      closing: closing ?? null,
      colors: profile,
    }),
  };
}

const greetings: Readonly<Record<string, (name: string) => string>> = {
  de: (name) => `Hallo ${name},`,
  ar: (name) => `مرحبًا ${name}،`,
};

/** Whoever registers chooses the name, not the owner of the address: that mail must not carry a stranger's words. */
function greetingOf({ template, to, wording }: Mail): string {
  const greet = greetings[wording?.language ?? 'en'];
  if (greet !== undefined) return greet(to.name.replace(/\s+/gu, ' '));
  return template === 'verification' ? 'Hello,' : `Hello ${to.name.replace(/\s+/gu, ' ')},`;
}
