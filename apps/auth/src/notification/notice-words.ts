import type { NotificationKind } from '#libs/contracts/auth';

interface Told {
  readonly subject: string;
  readonly body: string;
  readonly action: string;
}

interface Values {
  readonly course: string;
  /** The due date, written out; null where there is none. */
  readonly due: string | null;
  readonly days: number;
  /** Of whom a manager is told. */
  readonly person: string;
}

/** How one language tells. */
export interface NoticeWords extends Readonly<Record<NotificationKind, (values: Values) => Told>> {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly several: (count: number, academy: string) => string;
  readonly severalIntro: string;
  readonly more: (count: number) => string;
  readonly showAll: string;
  readonly footer: (academy: string) => string;
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

const en: NoticeWords = {
  ...{ language: 'en', direction: 'ltr' },
  assigned: ({ course, due }) => ({
    subject: `New course for you: ${course}`,
    body:
      due === null
        ? `The course “${course}” has been assigned to you.`
        : `The course “${course}” has been assigned to you. It is due on ${due}.`,
    action: 'Begin the course',
  }),
  renewed: ({ course, due }) => ({
    subject: `Time to renew: ${course}`,
    body: `What you completed in “${course}” ends soon. Please take the course again by ${due ?? ''}.`,
    action: 'Begin the course',
  }),
  due_soon: ({ course, due, days: left }) => ({
    subject: left === 0 ? `Due today: ${course}` : `Due in ${days(left)}: ${course}`,
    body: `The course “${course}” is due on ${due ?? ''}.`,
    action: 'Continue the course',
  }),
  overdue: ({ course, due }) => ({
    subject: `Overdue: ${course}`,
    body: `The course “${course}” was due on ${due ?? ''} and is not completed yet.`,
    action: 'Continue the course',
  }),
  escalated: ({ course, due, days: late, person }) => ({
    subject: `${person} is overdue with ${course}`,
    body: `${person} has not completed the course “${course}”. It was due on ${due ?? ''}, ${days(late)} ago.`,
    action: 'Show my team',
  }),
  certificate_issued: ({ course }) => ({
    subject: `Your certificate for ${course}`,
    body: `Well done! Your certificate for the course “${course}” is ready.`,
    action: 'View the certificate',
  }),
  course_updated: ({ course }) => ({
    subject: `New version of ${course}`,
    body: `There is a new version of the course “${course}”. What you have begun stays as it is.`,
    action: 'Show the course',
  }),
  several: (count, academy) => `${count} news for you at ${academy}`,
  severalIntro: 'This is new for you:',
  more: (count) => `… and ${count} more.`,
  showAll: 'Show all notifications',
  footer: (academy) =>
    `Which mails you get from ${academy} you choose in your account under “Notifications”.`,
};

const tage = (count: number) => (count === 1 ? '1 Tag' : `${count} Tagen`);

const de: NoticeWords = {
  ...{ language: 'de', direction: 'ltr' },
  assigned: ({ course, due }) => ({
    subject: `Neuer Kurs für Sie: ${course}`,
    body:
      due === null
        ? `Der Kurs „${course}“ wurde Ihnen zugewiesen.`
        : `Der Kurs „${course}“ wurde Ihnen zugewiesen. Er ist bis ${due} abzuschließen.`,
    action: 'Kurs beginnen',
  }),
  renewed: ({ course, due }) => ({
    subject: `Bitte auffrischen: ${course}`,
    body: `Ihr Abschluss im Kurs „${course}“ läuft bald ab. Bitte absolvieren Sie den Kurs bis ${due ?? ''} erneut.`,
    action: 'Kurs beginnen',
  }),
  due_soon: ({ course, due, days: left }) => ({
    subject: left === 0 ? `Heute fällig: ${course}` : `Fällig in ${tage(left)}: ${course}`,
    body: `Der Kurs „${course}“ ist bis ${due ?? ''} abzuschließen.`,
    action: 'Kurs fortsetzen',
  }),
  overdue: ({ course, due }) => ({
    subject: `Überfällig: ${course}`,
    body: `Der Kurs „${course}“ war bis ${due ?? ''} abzuschließen und ist noch offen.`,
    action: 'Kurs fortsetzen',
  }),
  escalated: ({ course, due, days: late, person }) => ({
    subject: `${person} ist mit ${course} überfällig`,
    body: `${person} hat den Kurs „${course}“ nicht abgeschlossen. Er war am ${due ?? ''} fällig, vor ${tage(late)}.`,
    action: 'Mein Team ansehen',
  }),
  certificate_issued: ({ course }) => ({
    subject: `Ihr Zertifikat für ${course}`,
    body: `Gut gemacht! Ihr Zertifikat für den Kurs „${course}“ liegt bereit.`,
    action: 'Zertifikat ansehen',
  }),
  course_updated: ({ course }) => ({
    subject: `Neue Fassung von ${course}`,
    body: `Vom Kurs „${course}“ gibt es eine neue Fassung. Was Sie begonnen haben, bleibt, wie es ist.`,
    action: 'Kurs ansehen',
  }),
  several: (count, academy) => `${count} Neuigkeiten für Sie bei ${academy}`,
  severalIntro: 'Das ist neu für Sie:',
  more: (count) => `… und ${count} weitere.`,
  showAll: 'Alle Benachrichtigungen ansehen',
  footer: (academy) =>
    `Welche E-Mails Sie von ${academy} erhalten, wählen Sie in Ihrem Konto unter „Benachrichtigungen“.`,
};

const plural = new Intl.PluralRules('ar');
function ayyam(count: number): string {
  switch (plural.select(count)) {
    case 'one':
      return 'يوم واحد';
    case 'two':
      return 'يومين';
    case 'few':
      return `${count} أيام`;
    case 'zero':
    case 'many':
    case 'other':
      return `${count} يومًا`;
  }
}

const ar: NoticeWords = {
  ...{ language: 'ar', direction: 'rtl' },
  assigned: ({ course, due }) => ({
    subject: `دورة جديدة لك: ${course}`,
    body:
      due === null ? `تم تكليفك بالدورة «${course}».` : `تم تكليفك بالدورة «${course}». موعد إتمامها ${due}.`,
    action: 'ابدأ الدورة',
  }),
  renewed: ({ course, due }) => ({
    subject: `حان وقت التجديد: ${course}`,
    body: `تنتهي قريبًا صلاحية إتمامك للدورة «${course}». يرجى أخذ الدورة من جديد قبل ${due ?? ''}.`,
    action: 'ابدأ الدورة',
  }),
  due_soon: ({ course, due, days: left }) => ({
    subject: left === 0 ? `تستحق اليوم: ${course}` : `تستحق خلال ${ayyam(left)}: ${course}`,
    body: `موعد إتمام الدورة «${course}» هو ${due ?? ''}.`,
    action: 'تابع الدورة',
  }),
  overdue: ({ course, due }) => ({
    subject: `متأخرة: ${course}`,
    body: `كان موعد إتمام الدورة «${course}» هو ${due ?? ''} ولم تكتمل بعد.`,
    action: 'تابع الدورة',
  }),
  escalated: ({ course, due, days: late, person }) => ({
    subject: `${person}: تأخر في ${course}`,
    body: `لم تكتمل الدورة «${course}» لدى ${person}. كان موعدها ${due ?? ''}، قبل ${ayyam(late)}.`,
    action: 'عرض فريقي',
  }),
  certificate_issued: ({ course }) => ({
    subject: `شهادتك في ${course}`,
    body: `أحسنت! شهادتك في الدورة «${course}» جاهزة.`,
    action: 'عرض الشهادة',
  }),
  course_updated: ({ course }) => ({
    subject: `إصدار جديد من ${course}`,
    body: `صدر إصدار جديد من الدورة «${course}». ما بدأته يبقى كما هو.`,
    action: 'عرض الدورة',
  }),
  several: (count, academy) => `${count} من المستجدات لك في ${academy}`,
  severalIntro: 'هذا هو الجديد لك:',
  more: (count) => `… و${count} غيرها.`,
  showAll: 'عرض كل الإشعارات',
  footer: (academy) => `يمكنك اختيار رسائل ${academy} التي تصلك في حسابك تحت «الإشعارات».`,
};

const languages: Readonly<Record<string, NoticeWords>> = { en, de, ar };

/** In the language of the tag, else in English. */
export function noticeWords(locale: string): NoticeWords {
  return languages[locale.split('-')[0]?.toLowerCase() ?? ''] ?? en;
}
