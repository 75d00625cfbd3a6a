import type { Mail } from '../mail/mail.js';
import type { SetupLink } from './setup-link.js';

type SetupNotice =
  | { readonly kind: 'invitation'; readonly inviter: string | null; readonly until: Date }
  | { readonly kind: 'finished' };

type Text = readonly [subject: string, text: string, action: string, closing: string];

interface Words {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly somebody: string;
  readonly invitation: (who: string, name: string, academy: string, until: string, once: boolean) => Text;
  readonly finished: (name: string, academy: string) => Text;
}

const en: Words = {
  ...{ language: 'en', direction: 'ltr', somebody: 'An administrator' },
  invitation: (who, name, academy, until, once) => [
    `Set up the sign-in to ${academy}`,
    `${who} asks you to connect “${name}” at ${academy} with your identity provider. You need no account: the link opens the values to copy, a place for those of your provider, and a test.`,
    'Open the set-up',
    `${once ? 'The link is for the browser that opens it first. ' : ''}It holds until ${until}. Do not pass it on.`,
  ],
  finished: (name, academy) => [
    `“${name}” is set up`,
    `Whoever has the setup link of “${name}” at ${academy} says that it is done. Look at it, test it, and enable it.`,
    'Open the connection',
    `You get this because you made the setup link.`,
  ],
};

const de: Words = {
  ...{ language: 'de', direction: 'ltr', somebody: 'Jemand aus der Verwaltung' },
  invitation: (who, name, academy, until, once) => [
    `Anmeldung bei ${academy} einrichten`,
    `${who} bittet Sie, „${name}“ bei ${academy} mit Ihrem Identitätsanbieter zu verbinden. Sie brauchen kein Konto: Der Link öffnet die Werte zum Kopieren, einen Platz für die Ihres Anbieters und einen Test.`,
    'Einrichtung öffnen',
    `${once ? 'Der Link ist für den Browser, der ihn zuerst öffnet. ' : ''}Er gilt bis ${until}. Geben Sie ihn nicht weiter.`,
  ],
  finished: (name, academy) => [
    `„${name}“ ist eingerichtet`,
    `Wer den Einrichtungslink von „${name}“ bei ${academy} hat, sagt, dass alles fertig ist. Sehen Sie es an, testen Sie, und schalten Sie die Verbindung ein.`,
    'Verbindung öffnen',
    'Sie erhalten dies, weil Sie den Einrichtungslink erstellt haben.',
  ],
};

const ar: Words = {
  ...{ language: 'ar', direction: 'rtl', somebody: 'أحد المشرفين' },
  invitation: (who, name, academy, until, once) => [
    `إعداد تسجيل الدخول إلى ${academy}`,
    `يطلب منك ${who} ربط «${name}» في ${academy} بمزوّد الهوية لديكم. لا تحتاج إلى حساب: يفتح الرابط القيم المطلوب نسخها، ومكانًا لقيم مزوّدكم، واختبارًا.`,
    'افتح الإعداد',
    `${once ? 'الرابط مخصّص للمتصفح الذي يفتحه أولًا. ' : ''}وهو صالح حتى ${until}. لا تمرّره إلى غيرك.`,
  ],
  finished: (name, academy) => [
    `اكتمل إعداد «${name}»`,
    `يقول صاحب رابط إعداد «${name}» في ${academy} إن كل شيء جاهز. راجع الاتصال واختبره ثم شغّله.`,
    'افتح الاتصال',
    'تصلك هذه الرسالة لأنك أنشأت رابط الإعداد.',
  ],
};

/** What is mailed about a setup link, in the language of the reader. */
export function setupLetter(
  notice: SetupNotice,
  { name, isForOne }: Pick<SetupLink, 'name' | 'isForOne'>,
  academy: string,
  locale: string,
): NonNullable<Mail['wording']> {
  const words = [de, ar].find(({ language }) => locale.startsWith(language)) ?? en;
  const { language, direction } = words;
  const day = (at: Date) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  const [subject, text, action, closing] =
    notice.kind === 'finished'
      ? words.finished(name, academy)
      : words.invitation(notice.inviter ?? words.somebody, name, academy, day(notice.until), isForOne);
  return { subject, paragraphs: [text], action, closing, language, direction };
}
