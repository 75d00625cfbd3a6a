import { Injectable } from '@nestjs/common';
import { requireUserId } from '#libs/tenancy';
import { LessonNotFound } from '../course/course.errors.js';
import { EnrolmentNotFound } from '../enrolment/enrolment.errors.js';
import type { Note } from './note.js';
import { NoteRepository, type TitledNote } from './note.repository.js';

/** A learner reads what is his own. */
@Injectable()
export class ReadNotes {
  constructor(private readonly notes: NoteRepository) {}

  async one(enrolmentId: string, lessonId: string): Promise<Note> {
    const note = await this.notes.find(requireUserId(), enrolmentId, lessonId);
    if (note === null) throw new LessonNotFound();
    return note;
  }

  async all(enrolmentId: string): Promise<readonly TitledNote[]> {
    const notes = await this.notes.list(requireUserId(), enrolmentId);
    if (notes === null) throw new EnrolmentNotFound();
    return notes;
  }
}
