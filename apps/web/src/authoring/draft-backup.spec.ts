import { describe, expect, it } from '@jest/globals';
import type { CourseContent } from '#libs/contracts/courses';
import { DraftBackup } from './draft-backup.js';

const content: CourseContent = {
  ...{ title: 'Course', summary: '', language: 'en', estimatedMinutes: 0 },
  ...{ certificate: true, tags: [], cover: null, modules: [] },
};
const now = new Date('2026-01-15T09:00:00Z');

class Shelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => {
    this.kept.set(key, value);
  };
  removeItem = (key: string) => {
    this.kept.delete(key);
  };
}

describe(DraftBackup.name, () => {
  it('keeps what was typed with what it began from, by course', () => {
    const shelf = new Shelf();
    new DraftBackup(shelf, 'a').write(
      { revision: 3, base: content, content: { ...content, title: 'New' } },
      now,
    );
    expect(new DraftBackup(shelf, 'a').read()).toMatchObject({ revision: 3, content: { title: 'New' } });
    expect(new DraftBackup(shelf, 'b').read()).toBeNull();
    new DraftBackup(shelf, 'a').clear();
    expect(new DraftBackup(shelf, 'a').read()).toBeNull();
  });

  it.each(['{', 'null', '{}', '{"revision":1,"savedAt":"x","content":{"modules":[]}}'])(
    'ignores %s',
    (stored) => {
      const shelf = new Shelf();
      shelf.setItem('harka.draft.a', stored);
      expect(new DraftBackup(shelf, 'a').read()).toBeNull();
    },
  );

  it('does without a storage that is full or forbidden', () => {
    const refuse = () => {
      throw new Error('QuotaExceededError');
    };
    const backup = new DraftBackup({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'a');
    backup.write({ revision: 1, base: content, content }, now);
    backup.clear();
    expect(backup.read()).toBeNull();
  });
});
