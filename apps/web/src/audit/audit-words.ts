import type { AuditEntry } from '#libs/contracts/insights';
import { type MessageKey, t } from '../language/t.js';
import { i18n } from '../language/speech.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u;

/** What happened, in the reader's language; a kind of event that has no words yet shows by its name. */
export function deedOf({ type }: Pick<AuditEntry, 'type'>): string {
  const key = `audit.${type}`;
  return i18n.exists(key) ? t(key as MessageKey) : type;
}

/** To whom or what: by name where one is known. */
export function subjectOf({
  subject,
  subjectName,
  details,
}: Pick<AuditEntry, 'subject' | 'subjectName' | 'details'>): string {
  if (subjectName !== null) return subjectName;
  for (const field of ['title', 'name', 'host', 'fileName', 'courseTitle', 'learnerName', 'email', 'plan']) {
    const value = details[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return UUID.test(subject) ? '' : subject;
}

export function actorName({ actor }: Pick<AuditEntry, 'actor'>): string {
  const name = actor.name ?? actor.email;
  switch (actor.kind) {
    case 'user':
      return name ?? t('audit.somebody');
    case 'operator':
      return name === null ? t('audit.operator') : t('audit.operatorNamed', { name });
    case 'api_key':
      return t('audit.apiKey', { prefix: actor.id ?? '' });
    case 'service':
      return t('audit.platform');
    case 'anonymous':
      // Without an account, but with a setup link.
      return actor.id === null ? t('audit.anonymous') : t('audit.setupLink', { name: name ?? '' });
  }
}
