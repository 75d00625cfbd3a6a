import { DomainError } from '#libs/kernel';

/** Written in another tab or on another device since it was read. */
export class NoteChanged extends DomainError {
  constructor(version: number) {
    super('precondition_failed', 'note.changed', 'This note was changed elsewhere since you read it.', {
      details: { version },
    });
  }
}
