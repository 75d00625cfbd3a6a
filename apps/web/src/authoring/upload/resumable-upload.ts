import { DetailedError, Upload } from 'tus-js-client';
import type { getMedia, MediaObject, showUpload } from '#libs/contracts/media';
import { type ApiClient } from '../../api/api-client.js';
import { ApiProblem, isProblem } from '../../api/problem.js';

export type UploadState =
  | { readonly step: 'sending'; readonly progress: number }
  | { readonly step: 'paused'; readonly progress: number }
  /** The line is dead; it goes on by itself. */
  | { readonly step: 'waiting'; readonly progress: number }
  | { readonly step: 'done'; readonly media: MediaObject }
  | { readonly step: 'refused'; readonly problem: ApiProblem };

const UPLOADS = '/api/v1/media/uploads';
/** What is lost at most when a tab is closed. */
const PART_BYTES = 4 * 1024 ** 2;
const TRY_AGAIN_MS = [500, 1_500, 4_000, 10_000];

/**
 * One file on its way to the media library, by the tus protocol: it survives a broken line, a pause, a reload (the same
 * file chosen again goes on where it was) and a session that has run out.
 */
export class ResumableUpload {
  private readonly upload: Upload;
  private progress = 0;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(
    private readonly api: ApiClient,
    file: File,
    private readonly changed: (state: UploadState) => void,
  ) {
    this.upload = new Upload(file, {
      endpoint: UPLOADS,
      chunkSize: PART_BYTES,
      metadata: { filename: file.name.replace(/[/\\]/g, '_').slice(-200) },
      retryDelays: null,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: async (request) => {
        for (const [name, value] of Object.entries(await this.api.headersForChange())) {
          request.setHeader(name, value);
        }
      },
      onProgress: (sent, total) => {
        this.progress = total === 0 ? 0 : sent / total;
        this.tell({ step: 'sending', progress: this.progress });
      },
      onChunkComplete: () => {
        this.tries = 0;
      },
      onSuccess: () => void this.finish(),
      onError: (error) => void this.fail(error),
    });
    globalThis.addEventListener('online', this.online);
  }

  /** Goes on where an earlier try of the same file has stopped, be it before a reload. */
  async start(): Promise<void> {
    const [earlier] = await this.upload.findPreviousUploads().catch(() => []);
    if (earlier !== undefined) this.upload.resumeFromPreviousUpload(earlier);
    this.go();
  }

  async pause(): Promise<void> {
    clearTimeout(this.timer);
    await this.upload.abort();
    this.tell({ step: 'paused', progress: this.progress });
  }

  resume(): void {
    this.tries = 0;
    this.go();
  }

  /** Gives the upload up: the server forgets it and frees its part of the quota. */
  async cancel(): Promise<void> {
    this.end();
    // A server that cannot be reached purges it by itself.
    await this.upload.abort(true).catch(() => undefined);
  }

  /** The page goes away; the upload stays, to be gone on with. */
  leave(): void {
    this.end();
    void this.upload.abort().catch(() => undefined);
  }

  private go(): void {
    this.tell({ step: 'sending', progress: this.progress });
    this.upload.start();
  }

  private readonly online = (): void => {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.resume();
  };

  private async finish(): Promise<void> {
    const uploadId = this.upload.url?.split('/').at(-1) ?? '';
    try {
      const { mediaId } = await this.api.read<typeof showUpload>(`${UPLOADS}/:uploadId`, {
        params: { uploadId },
      });
      if (mediaId === null) throw new ApiProblem(0, 'upload.unfinished', '');
      const media = await this.api.read<typeof getMedia>('/api/v1/media/:mediaId', { params: { mediaId } });
      this.tell({ step: 'done', media });
      this.end();
    } catch (error) {
      if (isProblem(error) && isFinal(error.status)) this.refuse(error);
      else this.wait();
    }
  }

  private async fail(error: Error | DetailedError): Promise<void> {
    const response = error instanceof DetailedError ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    const problem = problemIn(status, response?.getBody() ?? '');
    if ((status === 401 || (status === 403 && problem.code.includes('csrf'))) && this.tries < 2) {
      this.tries += 1;
      if (await this.api.renew().catch(() => false)) {
        this.go();
        return;
      }
      // Somebody signs in again in this very page: then it goes on.
      this.wait();
      return;
    }
    if (isFinal(status)) this.refuse(problem);
    else this.wait();
  }

  private refuse(problem: ApiProblem): void {
    this.tell({ step: 'refused', problem });
    this.end();
  }

  private wait(): void {
    if (this.ended) return;
    this.tell({ step: 'waiting', progress: this.progress });
    const pause = TRY_AGAIN_MS[Math.min(this.tries, TRY_AGAIN_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.go();
    }, pause);
  }

  private tell(state: UploadState): void {
    if (!this.ended) this.changed(state);
  }

  private end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    globalThis.removeEventListener('online', this.online);
  }
}

/** No further try will change it. A conflict, a limit of the moment and a broken line are not of that kind. */
function isFinal(status: number): boolean {
  return (status >= 400 && status < 500 && ![401, 408, 409, 423, 429].includes(status)) || status === 507;
}

function problemIn(status: number, body: string): ApiProblem {
  try {
    const { code, detail } = JSON.parse(body) as { code?: unknown; detail?: unknown };
    if (typeof code === 'string' && typeof detail === 'string') return new ApiProblem(status, code, detail);
  } catch {
    // Whatever a proxy in between has sent.
  }
  return new ApiProblem(status, 'network.unreadable', '');
}
