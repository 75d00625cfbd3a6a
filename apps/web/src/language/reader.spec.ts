import { beforeEach, describe, expect, it } from '@jest/globals';
import { follow, rememberedTag, rememberTag, startOf } from './reader.js';
import { speak } from './speech.js';

function newStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

const refusing = {
  getItem: () => null,
  setItem: () => {
    throw new Error('refused');
  },
  removeItem: () => undefined,
};

describe(follow.name, () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = newStorage();
    await speak('en');
  });

  it('asks for the page again when the profile speaks another language, and only once', () => {
    expect(follow({ locale: 'de-AT', timeZone: null }, storage)).toBe(true);
    expect(rememberedTag(storage)).toBe('de-AT');
    expect(follow({ locale: 'de-AT', timeZone: null }, storage)).toBe(false);
  });

  it('never asks for it again and again where nothing can be kept', () => {
    expect(follow({ locale: 'de', timeZone: null }, refusing)).toBe(false);
  });

  it('leaves a profile without a language, or with one that is not spoken here, alone', () => {
    rememberTag('ar', storage);
    expect(follow({ locale: null, timeZone: null }, storage)).toBe(false);
    expect(follow({ locale: 'fr', timeZone: null }, storage)).toBe(false);
    expect(startOf(storage, ['de'], 'en').language).toBe('ar');
  });
});
