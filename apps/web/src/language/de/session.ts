import type { session as source } from '../en/session.js';
import type { WordsOf } from '../words-of.js';

export const session = {
  'signIn.title': 'Anmelden',
  'signIn.lead': 'Willkommen bei {academy}.',
  'signIn.action': 'Anmelden',
  'signIn.forgot': 'Passwort vergessen?',
  'signIn.noAccount': 'Noch kein Konto?',
  'signIn.inviteOnly':
    'Neu hier? In diese Akademie kommen Sie mit einer Einladung. Bitten Sie Ihre Verwaltung darum.',
  'signIn.back': 'Zurück zur Anmeldung',
  'signIn.motto': 'Lernen Sie, was Ihre Arbeit braucht – in Ihrem Tempo.',
  'signIn.refused.title': 'Das hat nicht geklappt',
  'signIn.refused.text':
    'E-Mail-Adresse oder Passwort stimmt nicht. Prüfen Sie beides und versuchen Sie es noch einmal.',
  'signIn.locked.title': 'Zu viele Versuche',
  'signIn.locked.later':
    'Die Anmeldung ruht, um dieses Konto zu schützen. Versuchen Sie es später noch einmal oder setzen Sie Ihr Passwort zurück.',
  'signIn.locked.seconds.one':
    'Die Anmeldung ruht, um dieses Konto zu schützen. Versuchen Sie es in {count} Sekunde noch einmal oder setzen Sie Ihr Passwort zurück.',
  'signIn.locked.seconds.other':
    'Die Anmeldung ruht, um dieses Konto zu schützen. Versuchen Sie es in {count} Sekunden noch einmal oder setzen Sie Ihr Passwort zurück.',
  'signIn.locked.minutes.one':
    'Die Anmeldung ruht, um dieses Konto zu schützen. Versuchen Sie es in {count} Minute noch einmal oder setzen Sie Ihr Passwort zurück.',
  'signIn.locked.minutes.other':
    'Die Anmeldung ruht, um dieses Konto zu schützen. Versuchen Sie es in {count} Minuten noch einmal oder setzen Sie Ihr Passwort zurück.',

  'register.title': 'Konto anlegen',
  'register.lead': 'Kommen Sie zu {academy}. Es dauert eine Minute.',
  'register.action': 'Konto anlegen',
  'register.haveAccount': 'Sie haben schon ein Konto?',
  'register.domainOnly': 'Verwenden Sie die Adresse, die Sie von Ihrer Organisation haben.',
  'register.sent.title': 'Sehen Sie in Ihr Postfach',
  'register.sent.text':
    'Wenn {email} dieser Akademie beitreten kann, ist ein Bestätigungslink dorthin unterwegs.',

  'forgot.title': 'Passwort zurücksetzen',
  'forgot.lead': 'Nennen Sie uns Ihre E-Mail-Adresse, und wir schicken Ihnen einen Link.',
  'forgot.action': 'Link schicken',
  'forgot.sent.title': 'Sehen Sie in Ihr Postfach',
  'forgot.sent.text': 'Wenn es zu {email} ein Konto gibt, ist ein Link für ein neues Passwort unterwegs.',

  'reset.title': 'Neues Passwort wählen',
  'reset.lead': 'Überall sonst werden Sie abgemeldet.',
  'reset.action': 'Passwort festlegen',
  'reset.newLink': 'Neuen Link anfordern',
  'reset.done.title': 'Ihr neues Passwort gilt',
  'reset.done.text': 'Melden Sie sich damit an, um weiterzumachen.',

  'invitation.title': 'Willkommen bei {academy}',
  'invitation.lead': 'Sie wurden eingeladen. Wählen Sie ein Passwort, dann sind Sie dabei.',
  'invitation.action': 'Beitreten',
  'invitation.refused':
    'Sie wurde vielleicht schon verwendet oder ist abgelaufen. Bitten Sie um eine neue Einladung.',

  'verify.title': 'E-Mail-Adresse bestätigen',
  'verify.lead': 'Ein Klick, und Ihr Konto ist bereit.',
  'verify.action': 'Adresse bestätigen',
  'verify.done.title': 'Ihre Adresse ist bestätigt',
  'verify.done.text': 'Ihr Konto ist bereit. Melden Sie sich an, um zu beginnen.',

  'link.missing.title': 'Dieser Link funktioniert nicht',
  'link.missing.text': 'Öffnen Sie den Link aus der Nachricht noch einmal oder fordern Sie einen neuen an.',

  'session.ended.title': 'Bitte melden Sie sich noch einmal an',
  'session.ended.text': 'Ihre Sitzung ist abgelaufen. Was auf dieser Seite steht, bleibt erhalten.',
  'session.ended.leave': 'Diese Seite verlassen',
} as const satisfies WordsOf<typeof source>;
