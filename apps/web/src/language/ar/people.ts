import { type people as source } from '../en/people.js';
import { type WordsOf } from '../words-of.js';

export const people = {
  'people.lead': 'كل من يتعلم أو يعمل في هذه الأكاديمية.',
  'people.search': 'البحث عن أشخاص',
  'people.searchHint': 'الاسم أو البريد الإلكتروني',
  'people.role': 'الدور',
  'people.allRoles': 'كل الأدوار',
  'people.department': 'القسم',
  'people.status': 'الحالة',
  'people.lastSeen': 'آخر تسجيل دخول',
  'people.never': 'أبدًا',
  'people.active': 'نشط',
  'people.invited': 'مدعو',
  'people.deactivated': 'معطَّل',
  'people.invite': 'دعوة شخص',
  'people.sendInvitation': 'إرسال الدعوة',
  'people.invitedToast': 'أُرسلت الدعوة إلى {email}',
  'people.none.title': 'لا أحد يطابق البحث',
  'people.none.text': 'جرّب اسمًا آخر أو دورًا آخر.',
} as const satisfies WordsOf<typeof source>;
