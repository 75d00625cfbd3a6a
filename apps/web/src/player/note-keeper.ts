import type { getMyNote, Note, saveMyNote } from '#libs/contracts/courses';
import { type ApiAnswer, type ApiClient } from '../api/api-client.js';

const PATH = '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/note';

/** One note, and the version of it that was read last: what is written names it, so that nothing is overwritten unseen. */
export class NoteKeeper {
  private etag: string;
  private readonly params: Pick<Note, 'enrolmentId' | 'lessonId'>;

  constructor(
    private readonly api: ApiClient,
    { data, etag }: ApiAnswer<Note>,
  ) {
    this.etag = etag ?? '"0"';
    this.params = { enrolmentId: data.enrolmentId, lessonId: data.lessonId };
  }

  async save(text: string): Promise<ApiAnswer<Note>> {
    const answer = await this.api.send<typeof saveMyNote>('PUT', PATH, {
      params: this.params,
      body: { text },
      ifMatch: this.etag,
      // The browser lets no more than 64 kB outlive the page.
      keepalive: text.length < 15_000,
    });
    this.seen(answer);
    return answer;
  }

  /** As it is elsewhere now. */
  async look(): Promise<ApiAnswer<Note>> {
    return this.api.send<typeof getMyNote>('GET', PATH, { params: this.params });
  }

  seen({ etag }: ApiAnswer<Note>): void {
    this.etag = etag ?? this.etag;
  }
}
