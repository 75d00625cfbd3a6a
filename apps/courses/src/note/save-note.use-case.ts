import { Injectable } from '@nestjs/common';
import { noteSaved } from '#libs/contracts/courses';
import { EventLog } from '#libs/events';
import { Clock } from '#libs/kernel';
import { requireUserId, UnitOfWork } from '#libs/tenancy';
import { LessonNotFound } from '../course/course.errors.js';
import { NoteChanged } from './note.errors.js';
import type { Note } from './note.js';
import { NoteRepository } from './note.repository.js';

@Injectable()
export class SaveNote {
  constructor(
    private readonly notes: NoteRepository,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** `seen` is the version that the learner read; the same text again changes nothing. */
  async execute(enrolmentId: string, lessonId: string, seen: number, text: string): Promise<Note> {
    const userId = requireUserId();
    return this.unitOfWork.run(async () => {
      const held = await this.notes.hold(userId, enrolmentId, lessonId);
      if (held === null) throw new LessonNotFound();
      const { note: before, courseId } = held;
      if (before.version !== seen) throw new NoteChanged(before.version);
      if (before.text === text) return before;
      const note = { ...before, text, version: seen + 1, updatedAt: this.clock.now() };
      await this.notes.save(note);
      await this.events.append(noteSaved, enrolmentId, {
        ...{ enrolmentId, courseId, lessonId, userId },
        characters: text.length,
      });
      return note;
    });
  }
}
