import type { Mail } from '../mail/mail.js';
import type { NoticeToMail } from './notification.repository.js';
import { noticeWords, type NoticeWords } from './notice-words.js';

interface Reader {
  readonly academy: string;
  readonly origin: string;
  readonly locale: string;
  readonly timeZone: string;
}

interface NoticeMail {
  readonly link: string;
  readonly wording: NonNullable<Mail['wording']>;
}

type Told = Pick<NoticeToMail, 'kind' | 'details'>;

/** More than these are counted, not listed. */
const LISTED = 20;

/** The mail about one or several notices, in the language and the time zone of who reads it. */
export function noticeMail(notices: readonly Told[], reader: Reader): NoticeMail {
  const words = noticeWords(reader.locale);
  const date = dateIn(reader);
  const [first] = notices;
  const { language, direction } = words;
  const footer = words.footer(reader.academy);
  if (first !== undefined && notices.length === 1) {
    const { subject, body, action } = toldBy(words, first, date);
    const link = `${reader.origin}${pathOf(first)}`;
    return { link, wording: { subject, paragraphs: [body], action, closing: footer, language, direction } };
  }
  const listed = notices.slice(0, LISTED).map((notice) => `• ${toldBy(words, notice, date).body}`);
  const more = notices.length - listed.length;
  return {
    link: `${reader.origin}/notifications`,
    wording: {
      subject: words.several(notices.length, reader.academy),
      paragraphs: [words.severalIntro, ...listed, ...(more > 0 ? [words.more(more)] : [])],
      ...{ action: words.showAll, closing: footer, language, direction },
    },
  };
}

function toldBy(words: NoticeWords, { kind, details }: Told, date: (instant: string) => string) {
  const due = details.dueAt === null ? null : date(details.dueAt);
  const values = { course: details.courseTitle, due, days: details.days ?? 0 };
  return words[kind]({ ...values, person: details.personName ?? '' });
}

function pathOf({ kind, details }: Told): string {
  switch (kind) {
    case 'assigned':
    case 'renewed':
    case 'due_soon':
    case 'overdue':
      return details.enrolmentId === null ? `/courses/${details.courseId}` : `/learn/${details.enrolmentId}`;
    case 'escalated':
      return details.personId === null ? '/my-team' : `/my-team/${details.personId}`;
    case 'certificate_issued':
      return details.certificateId === null ? '/notifications' : `/certificates/${details.certificateId}`;
    case 'course_updated':
      return `/courses/${details.courseId}`;
  }
}

function dateIn({ locale, timeZone }: Reader): (instant: string) => string {
  const options = { dateStyle: 'long' } as const;
  const format = (() => {
    try {
      return new Intl.DateTimeFormat(locale, { ...options, timeZone });
    } catch {
      return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
    }
  })();
  return (instant) => format.format(new Date(instant));
}
