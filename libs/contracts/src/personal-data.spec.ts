import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as auth from './auth/index.js';
import * as courses from './courses/index.js';
import type { EventDefinition } from './event.js';
import * as insights from './insights/index.js';
import * as media from './media/index.js';
import { personalFields } from './personal-data.js';

/** Words in events about people that say nothing of them. */
const IMPERSONAL = ['courseTitle', 'method', 'operatorId', 'operatorName', 'ruleName'];

/** Of these the name is the app's. */
const OF_APPS = /^auth\.app(_consent)?\./;

/** Events that already say that somebody is nobody. */
const AFTERWARDS = ['auth.user.erased'];

const events = [auth, courses, media, insights]
  .flatMap((contracts) => Object.values(contracts) as unknown[])
  .filter(
    (value): value is EventDefinition =>
      typeof value === 'object' && value !== null && 'payload' in value && 'version' in value,
  );

/** The fields of a payload that may hold any words. */
function wordsOf({ payload }: EventDefinition): string[] {
  const shape = payload instanceof z.ZodObject ? (payload.shape as Record<string, z.ZodType>) : {};
  return Object.entries(shape).flatMap(([name, schema]) => (isWords(schema) ? [name] : []));
}

function isWords(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return isWords(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodString && schema.format === null;
}

function isAboutAPerson({ payload }: EventDefinition): boolean {
  return payload instanceof z.ZodObject && 'userId' in payload.shape;
}

describe('what an erasure takes out of events', () => {
  it.each(events.filter(isAboutAPerson).map((event) => [event.type, event] as const))(
    '%s: every word about a person is declared, or is none',
    (type, event) => {
      if (AFTERWARDS.includes(type)) return;
      const declared = Object.keys(personalFields.about[type] ?? {});
      const forgotten = wordsOf(event).filter(
        (name) =>
          !declared.includes(name) && !IMPERSONAL.includes(name) && !(OF_APPS.test(type) && name === 'name'),
      );
      expect(forgotten).toEqual([]);
    },
  );

  it('names events and fields that there are', () => {
    const fields = { ...personalFields.about, ...personalFields.by };
    const missing = Object.entries(fields).flatMap(([type, wanted]) => {
      const event = events.find((known) => known.type === type);
      const shape = event?.payload instanceof z.ZodObject ? event.payload.shape : {};
      return Object.keys(wanted).flatMap((name) => (name in shape ? [] : [`${type} ${name}`]));
    });
    expect(missing).toEqual([]);
  });
});
