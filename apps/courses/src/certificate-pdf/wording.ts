/** The words of a certificate, in the language of the course. */
export interface Wording {
  readonly title: string;
  readonly certifies: string;
  readonly completed: string;
  readonly issued: string;
  readonly until: string;
  readonly code: string;
  readonly verify: string;
}

const english: Wording = {
  title: 'Certificate of completion',
  certifies: 'This certifies that',
  completed: 'has completed the course',
  issued: 'Issued on',
  until: 'Valid until',
  code: 'Certificate number',
  verify: 'Verify at',
};

const wordings: Readonly<Record<string, Wording>> = {
  en: english,
  de: {
    title: 'Teilnahmezertifikat',
    certifies: 'Hiermit wird bestätigt, dass',
    completed: 'den Kurs abgeschlossen hat',
    issued: 'Ausgestellt am',
    until: 'Gültig bis',
    code: 'Zertifikatsnummer',
    verify: 'Prüfen unter',
  },
  fr: {
    title: 'Certificat de réussite',
    certifies: 'Nous certifions que',
    completed: 'a suivi avec succès la formation',
    issued: 'Délivré le',
    until: 'Valable jusqu’au',
    code: 'Numéro du certificat',
    verify: 'Vérifier sur',
  },
  es: {
    title: 'Certificado de finalización',
    certifies: 'Se certifica que',
    completed: 'ha completado el curso',
    issued: 'Expedido el',
    until: 'Válido hasta',
    code: 'Número de certificado',
    verify: 'Verificar en',
  },
  it: {
    title: 'Attestato di completamento',
    certifies: 'Si attesta che',
    completed: 'ha completato il corso',
    issued: 'Rilasciato il',
    until: 'Valido fino al',
    code: 'Numero dell’attestato',
    verify: 'Verifica su',
  },
  nl: {
    title: 'Certificaat van voltooiing',
    certifies: 'Hiermee verklaren wij dat',
    completed: 'de cursus heeft afgerond',
    issued: 'Uitgereikt op',
    until: 'Geldig tot en met',
    code: 'Certificaatnummer',
    verify: 'Controleer op',
  },
  ar: {
    title: 'شهادة إتمام',
    certifies: 'تشهد هذه الوثيقة بأن',
    completed: 'قد أتمّ الدورة',
    issued: 'تاريخ الإصدار',
    until: 'صالحة حتى',
    code: 'رقم الشهادة',
    verify: 'للتحقق',
  },
};

export function wordingIn(language: string): Wording {
  return wordings[language.split('-')[0] ?? ''] ?? english;
}

/** The day, written out, in UTC: the same for everybody who looks. */
export function dayIn(language: string, date: Date): string {
  const known = Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0 ? language : 'en';
  const locale = wordingIn(language) === english ? 'en-GB' : known;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
