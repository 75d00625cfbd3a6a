import { type people as source } from '../en/people.js';
import { type WordsOf } from '../words-of.js';

export const people = {
  'people.lead': 'Alle, die in dieser Akademie lernen oder arbeiten.',
  'people.search': 'Personen suchen',
  'people.searchHint': 'Name oder E-Mail-Adresse',
  'people.role': 'Rolle',
  'people.allRoles': 'Alle Rollen',
  'people.department': 'Abteilung',
  'people.status': 'Status',
  'people.lastSeen': 'Letzte Anmeldung',
  'people.never': 'Nie',
  'people.active': 'Aktiv',
  'people.invited': 'Eingeladen',
  'people.deactivated': 'Deaktiviert',
  'people.invite': 'Person einladen',
  'people.sendInvitation': 'Einladung senden',
  'people.invitedToast': 'Einladung an {email} gesendet',
  'people.none.title': 'Niemand gefunden',
  'people.none.text': 'Versuchen Sie es mit einem anderen Namen oder einer anderen Rolle.',
} as const satisfies WordsOf<typeof source>;
