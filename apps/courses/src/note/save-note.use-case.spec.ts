import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { FakeNoteRepository } from './note.fake-repository.js';
import { SaveNote } from './save-note.use-case.js';

describe(SaveNote.name, () => {
  const learner = aUser();
  const enrolmentId = newId();
  const lessonId = newId();
  let notes: FakeNoteRepository;
  let events: FakeEventLog;
  let saveNote: SaveNote;

  beforeEach(() => {
    notes = new FakeNoteRepository();
    notes.places.set(`${learner.id ?? ''}/${enrolmentId}/${lessonId}`, newId());
    events = new FakeEventLog();
    saveNote = new SaveNote(notes, events, new FakeUnitOfWork(), new FixedClock());
  });

  const save = (seen: number, text: string, actor = learner) =>
    runInContext(aContext({ actor }), () => saveNote.execute(enrolmentId, lessonId, seen, text));

  it('keeps what is written, word by word, and tells nobody what it is', async () => {
    expect(await save(0, ' Mind the gap.\n')).toMatchObject({ text: ' Mind the gap.\n', version: 1 });
    expect(events.types).toEqual(['courses.note.saved']);
    expect(JSON.stringify(events)).not.toContain('gap');
  });

  it('writes nothing where nothing has changed', async () => {
    await save(0, 'x');
    expect(await save(1, 'x')).toMatchObject({ version: 1 });
    expect(events.types).toHaveLength(1);
  });

  it('refuses what was written over an older version: two tabs never overwrite each other', async () => {
    await save(0, 'from one tab');
    await expect(save(0, 'from another')).rejects.toMatchObject({
      code: 'note.changed',
      details: { version: 1 },
    });
    expect(await save(1, 'from another')).toMatchObject({ version: 2 });
  });

  it('knows no lesson of somebody else', async () => {
    await expect(save(0, 'x', aUser())).rejects.toMatchObject({ code: 'lesson.not_found' });
  });
});
