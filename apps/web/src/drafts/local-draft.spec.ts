import { describe, expect, it } from '@jest/globals';
import { LocalDraft } from './local-draft.js';

function newStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

const ada = { tenantId: 'acme', userId: 'ada' };

describe(LocalDraft.name, () => {
  it('gives back what was kept, to the same person at the same form only', () => {
    const storage = newStorage();
    new LocalDraft(storage, ada, 'invite').keep({ name: 'Grace' });
    expect(new LocalDraft(storage, ada, 'invite').read()?.value).toEqual({ name: 'Grace' });
    expect(new LocalDraft(storage, ada, 'other').read()).toBeNull();
    expect(new LocalDraft(storage, { ...ada, userId: 'eve' }, 'invite').read()).toBeNull();
    expect(new LocalDraft(storage, { ...ada, tenantId: 'globex' }, 'invite').read()).toBeNull();
  });

  it('forgets what is done, and what is a month old', () => {
    const draft = new LocalDraft<string>(newStorage(), ada, 'invite');
    draft.keep('x', new Date('2026-01-01'));
    expect(draft.read(new Date('2026-01-30'))?.value).toBe('x');
    expect(draft.read(new Date('2026-02-02'))).toBeNull();
    draft.keep('y');
    draft.clear();
    expect(draft.read()).toBeNull();
  });

  it('costs nothing where nothing can be kept, and ignores what it cannot read', () => {
    const refusing = newStorage();
    refusing.setItem = () => {
      throw new Error('full');
    };
    expect(new LocalDraft(refusing, ada, 'invite').keep('x')).toBe(false);
    const storage = newStorage();
    storage.setItem('harka.draft.acme.ada.invite', '{');
    expect(new LocalDraft(storage, ada, 'invite').read()).toBeNull();
  });
});
