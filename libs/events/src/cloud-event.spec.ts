import { describe, expect, it } from '@jest/globals';
import { aStoredEvent, noteWritten } from '#libs/events/testing';
import { cloudEventOf } from './cloud-event.js';

describe(cloudEventOf.name, () => {
  it('has every attribute that CloudEvents 1.0 wants, and extensions in its alphabet', () => {
    const event = aStoredEvent(
      noteWritten,
      { text: 'a' },
      { position: 7, actor: { kind: 'operator', id: null } },
    );
    const cloudEvent = cloudEventOf(event);
    expect(cloudEvent).toEqual({
      specversion: '1.0',
      id: event.id,
      source: '/services/courses',
      type: 'courses.note.written',
      subject: event.subject,
      time: '2026-01-15T09:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:harka:event:courses.note.written:1',
      tenantid: event.tenantId,
      position: 7,
      actor: 'operator',
      correlationid: event.correlationId,
      data: { text: 'a' },
    });
    expect(Object.keys(cloudEvent).every((name) => /^[a-z0-9]{1,20}$/.test(name))).toBe(true);
  });
});
