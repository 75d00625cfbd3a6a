import type { Mail } from '../mail/mail.js';
import type { CareNotice } from './connection-care.js';

interface Words {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly action: string;
  readonly closing: (academy: string) => string;
  readonly expires: (
    connection: string,
    days: number,
    until: string,
  ) => readonly [subject: string, text: string];
  readonly unreadable: (connection: string, detail: string) => readonly [subject: string, text: string];
}

const en: Words = {
  ...{ language: 'en', direction: 'ltr', action: 'Open the connection' },
  closing: (academy) => `You get this because you look after the sign-in of ${academy}.`,
  expires: (connection, days, until) => [
    days === 0
      ? `The certificate of “${connection}” has run out`
      : `The certificate of “${connection}” runs out in ${days === 1 ? '1 day' : `${days} days`}`,
    `The signing certificate of the identity provider behind “${connection}” holds until ${until}. Add the new one before, or nobody signs in by it any more.`,
  ],
  unreadable: (connection, detail) => [
    `The metadata of “${connection}” cannot be read`,
    `Several attempts to read the metadata of the identity provider behind “${connection}” failed: ${detail} What was known stays in use; a new certificate would not be noticed.`,
  ],
};

const de: Words = {
  ...{ language: 'de', direction: 'ltr', action: 'Verbindung öffnen' },
  closing: (academy) => `Sie erhalten dies, weil Sie sich um die Anmeldung bei ${academy} kümmern.`,
  expires: (connection, days, until) => [
    days === 0
      ? `Das Zertifikat von „${connection}“ ist abgelaufen`
      : `Das Zertifikat von „${connection}“ läuft in ${days === 1 ? '1 Tag' : `${days} Tagen`} ab`,
    `Das Signaturzertifikat des Identitätsanbieters hinter „${connection}“ gilt bis ${until}. Ergänzen Sie vorher das neue, sonst kann sich darüber niemand mehr anmelden.`,
  ],
  unreadable: (connection, detail) => [
    `Die Metadaten von „${connection}“ sind nicht lesbar`,
    `Mehrere Versuche, die Metadaten des Identitätsanbieters hinter „${connection}“ zu lesen, sind gescheitert: ${detail} Was bekannt war, bleibt in Gebrauch; ein neues Zertifikat würde nicht bemerkt.`,
  ],
};

const ar: Words = {
  ...{ language: 'ar', direction: 'rtl', action: 'افتح الاتصال' },
  closing: (academy) => `تصلك هذه الرسالة لأنك تعتني بتسجيل الدخول في ${academy}.`,
  expires: (connection, days, until) => [
    days === 0
      ? `انتهت صلاحية شهادة «${connection}»`
      : `تنتهي صلاحية شهادة «${connection}» خلال ${days} يومًا`,
    `شهادة التوقيع لمزوّد الهوية وراء «${connection}» صالحة حتى ${until}. أضف الشهادة الجديدة قبل ذلك، وإلا فلن يستطيع أحد الدخول عبره.`,
  ],
  unreadable: (connection, detail) => [
    `تتعذّر قراءة بيانات «${connection}»`,
    `فشلت عدة محاولات لقراءة بيانات مزوّد الهوية وراء «${connection}»: ${detail} يبقى ما كان معروفًا قيد الاستخدام، ولكن لن تُلاحظ شهادة جديدة.`,
  ],
};

/** The letter to one administrator, in his language. */
export function careLetter(
  notice: CareNotice,
  connection: string,
  academy: string,
  locale: string,
): NonNullable<Mail['wording']> {
  const words = [de, ar].find(({ language }) => locale.startsWith(language)) ?? en;
  const [subject, text] =
    notice.kind === 'certificate_expires'
      ? words.expires(connection, notice.days, notice.until)
      : words.unreadable(connection, notice.detail);
  const { action, language, direction } = words;
  return { subject, paragraphs: [text], action, closing: words.closing(academy), language, direction };
}
