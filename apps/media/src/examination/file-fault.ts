/** Why a file is refused though its kind is taken. */
export interface FileFault {
  readonly code: string;
  readonly detail: string;
}
