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
export function letterOf(
  id: string,
  mail: Mail,
  { name, primaryColor, secondaryColor }: TenantProfile,
): Letter {
  const { subject, paragraphs, action, closing } = wordings[mail.template](mail, name);
  const greeting = greetingOf(mail);
  const button = mail.link !== undefined && action !== undefined ? { link: mail.link, action } : null;
  const lines = [
    greeting,
    ...paragraphs,
    ...(button === null ? [] : [`${button.action}:\n${button.link}`]),
    ...(closing === undefined ? [] : [closing]),
    name,
  ];
  const parts = [
    paragraph(greeting),
    ...paragraphs.map(paragraph),
    ...(button === null ? [] : [buttonHtml(button, primaryColor)]),
    ...(closing === undefined
      ? []
      : [`<p style="margin:24px 0 0;color:#4b5563;font-size:14px">${escaped(closing)}</p>`]),
  ];
  return {
    ...{ id, subject, from: name, to: mail.to },
    text: `${lines.join('\n\n')}\n`,
    html: page({
      ...{ title: subject, academy: name, color: secondaryColor, body: parts.join('\n') },
      ...(mail.wording ?? { language: 'en', direction: 'ltr' }),
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

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escaped(text)}</p>`;
}

function buttonHtml({ link, action }: { link: string; action: string }, color: string): string {
  const style = `display:inline-block;padding:12px 20px;border-radius:6px;background:${color};color:#ffffff;font-weight:600;text-decoration:none`;
  return `<p style="margin:24px 0"><a href="${escaped(link)}" style="${style}">${escaped(action)}</a></p>
<p style="margin:0;color:#4b5563;font-size:14px">Or copy this address: <br><span style="word-break:break-all">${escaped(link)}</span></p>`;
}

function page({
  title,
  academy,
  color,
  body,
  language,
  direction,
}: {
  title: string;
  academy: string;
  color: string;
  body: string;
  language: string;
  direction: string;
}): string {
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body style="margin:0;background:#f3f4f6;color:#111827;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px;overflow:hidden">
<tr><td style="padding:20px 32px;background:${color};color:#ffffff;font-size:18px;font-weight:600">${escaped(academy)}</td></tr>
<tr><td style="padding:32px">
${body}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
