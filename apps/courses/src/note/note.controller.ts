import { Controller } from '@nestjs/common';
import { getMyNote, listMyNotes, saveMyNote } from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf, withETag } from '#libs/service';
import { noteViewOf, type Note } from './note.js';
import { ReadNotes } from './read-notes.use-case.js';
import { SaveNote } from './save-note.use-case.js';

@Controller()
export class NoteController {
  constructor(
    private readonly readNotes: ReadNotes,
    private readonly saveNote: SaveNote,
  ) {}

  @Endpoint(getMyNote)
  async get(@Input() { params }: InputOf<typeof getMyNote>): Promise<ResultOf<typeof getMyNote>> {
    return tagged(await this.readNotes.one(params.enrolmentId, params.lessonId));
  }

  @Endpoint(saveMyNote)
  async save(
    @Input() { params, body, ifMatch }: InputOf<typeof saveMyNote>,
  ): Promise<ResultOf<typeof saveMyNote>> {
    const { enrolmentId, lessonId } = params;
    return tagged(await this.saveNote.execute(enrolmentId, lessonId, Number(ifMatch), body.text));
  }

  @Endpoint(listMyNotes)
  async list(@Input() { params }: InputOf<typeof listMyNotes>): Promise<ResultOf<typeof listMyNotes>> {
    const notes = await this.readNotes.all(params.enrolmentId);
    return {
      items: notes.map(({ enrolmentId, lessonId, lessonTitle, text, updatedAt }) => ({
        ...{ enrolmentId, lessonId, lessonTitle, text },
        updatedAt: updatedAt.toISOString(),
      })),
      nextCursor: null,
    };
  }
}

const tagged = (note: Note) => withETag(noteViewOf(note), note.version);
