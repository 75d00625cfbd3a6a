import { describe, expect, it } from '@jest/globals';
import { enrolmentAssigned, enrolmentEscalated, enrolmentOverdue } from '#libs/contracts/courses';
import { aStoredEvent } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { noticeMail } from './notice-mail.js';
import { noticesOf } from './notices-of.js';
import { allPreferences, deliver, nextMorning, type Notice, type Recipient } from './notification.js';

const now = new Date('2026-03-02T10:00:00Z');
const place = () => ({
  ...{ enrolmentId: newId(), courseId: newId(), userId: newId(), progress: 0, courseTitle: 'Fire safety' },
});
const overdue = (userId = newId()) =>
  aStoredEvent(
    enrolmentOverdue,
    { ...place(), userId, dueAt: '2026-03-01T23:59:59Z', daysOverdue: 1 },
    { occurredAt: now },
  );

describe('notices', () => {
  it('tell the person, and of an escalation the manager', () => {
    const managerId = newId();
    const event = aStoredEvent(enrolmentEscalated, {
      ...{ ...place(), dueAt: '2026-03-01T23:59:59Z', daysOverdue: 7, managerId, learnerName: 'Lea' },
    });
    expect(noticesOf(overdue())).toMatchObject([{ kind: 'overdue', details: { days: 1 } }]);
    expect(noticesOf(event)).toMatchObject([
      {
        userId: managerId,
        kind: 'escalated',
        details: { personName: 'Lea', personId: event.payload.userId },
      },
    ]);
  });

  it('tell nobody what he has just done himself, and no manager who is not there', () => {
    const userId = newId();
    const assigned = aStoredEvent(
      enrolmentAssigned,
      { ...place(), userId, ruleId: null, ruleName: null, dueAt: null },
      { actor: { kind: 'user', id: userId } },
    );
    const nobody = aStoredEvent(enrolmentEscalated, {
      ...{ ...place(), dueAt: '2026-03-01T23:59:59Z', daysOverdue: 7, managerId: null, learnerName: 'Lea' },
    });
    expect([...noticesOf(assigned), ...noticesOf(nobody)]).toEqual([]);
  });
});

describe(deliver, () => {
  const [notice] = noticesOf(overdue()) as [Notice];
  const reader = (overrides: Partial<Recipient> = {}): Recipient => ({
    ...{ userId: notice.userId, status: 'active', timeZone: null, preferences: [], ...overrides },
  });

  it('keeps in the app and mails in a moment, unless told otherwise', () => {
    const kept = deliver(notice, reader(), now);
    expect(kept).toMatchObject({ inApp: true });
    expect(Number(kept?.mailAt) - now.getTime()).toBe(30_000);
  });

  it('is silent where both ways are closed', () => {
    const preferences = [{ kind: 'overdue', inApp: false, email: 'off' }] as const;
    expect(deliver(notice, reader({ preferences }), now)).toBeNull();
  });

  it('mails nothing that is old, and nobody who cannot sign in', () => {
    expect(deliver({ ...notice, at: new Date('2026-02-01T00:00:00Z') }, reader(), now)?.mailAt).toBeNull();
    expect(deliver(notice, reader({ status: 'invited' }), now)?.mailAt).toBeNull();
    expect(deliver(notice, reader({ status: 'deactivated' }), now)).toBeNull();
    expect(deliver({ ...notice, at: new Date('2025-02-01T00:00:00Z') }, reader(), now)).toBeNull();
  });

  it('knows one preference of each kind', () => {
    const chosen = [{ kind: 'assigned', inApp: false, email: 'daily' }] as const;
    const all = allPreferences(chosen);
    expect(all).toHaveLength(7);
    expect(all[0]).toEqual(chosen[0]);
  });
});

describe(nextMorning, () => {
  it.each([
    ['UTC', '2026-03-03T07:00:00.000Z'],
    ['Europe/Berlin', '2026-03-03T06:00:00.000Z'],
    ['America/New_York', '2026-03-02T12:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-03T01:15:00.000Z'],
    ['No/Where', '2026-03-03T07:00:00.000Z'],
  ])('is seven o’clock in %s', (zone, at) => {
    expect(nextMorning(now, zone).toISOString()).toBe(at);
  });

  it('meets the day on which the clocks change', () => {
    expect(nextMorning(new Date('2026-03-29T00:30:00Z'), 'Europe/Berlin').toISOString()).toBe(
      '2026-03-29T05:00:00.000Z',
    );
  });
});

describe(noticeMail, () => {
  const reader = { academy: 'Acme', origin: 'http://acme.localhost', timeZone: 'Europe/Berlin' };
  const [notice] = noticesOf(overdue()) as [Notice];

  it('speaks the language of the reader, with dates of his zone', () => {
    const mail = noticeMail([notice], { ...reader, locale: 'de-AT' });
    expect(mail.wording).toMatchObject({ subject: 'Überfällig: Fire safety', language: 'de' });
    // Just before midnight in UTC is the next day in Vienna.
    expect(mail.wording.paragraphs.join()).toContain('2. März 2026');
    expect(mail.link).toBe(`http://acme.localhost/learn/${notice.details.enrolmentId ?? ''}`);
    expect(noticeMail([notice], { ...reader, locale: 'ar' }).wording.direction).toBe('rtl');
    expect(noticeMail([notice], { ...reader, locale: 'xx' }).wording.language).toBe('en');
  });

  it('makes one mail of many notices', () => {
    const many = Array.from({ length: 25 }, () => notice);
    const { link, wording } = noticeMail(many, { ...reader, locale: 'en' });
    expect(wording.subject).toBe('25 news for you at Acme');
    expect(wording.paragraphs).toHaveLength(1 + 20 + 1);
    expect(link).toBe('http://acme.localhost/notifications');
  });
});
