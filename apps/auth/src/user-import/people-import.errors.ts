import { DomainError } from '#libs/kernel';
import { MAX_PEOPLE_ROWS, peopleColumns } from '#libs/contracts/auth';

/** The file as a whole cannot be taken; nothing of it is kept. */
export class FileRefused extends DomainError {
  constructor(code: string, detail: string, line: number | null = null) {
    super('invalid', `user_import.${code}`, detail, {
      faults: [{ pointer: line === null ? '/' : `/line/${line}`, code, detail }],
    });
  }
}

export function columnsHelp(): string {
  return `The first line names the columns: ${peopleColumns.join(', ')}. Only email must be there.`;
}

export class TooManyRows extends FileRefused {
  constructor() {
    super('too_many_rows', `A file has at most ${MAX_PEOPLE_ROWS.toLocaleString('en')} rows. Split it.`);
  }
}

export class ImportNotFound extends DomainError {
  constructor() {
    super('not_found', 'user_import.not_found', 'There is no such import.');
  }
}

export class ImportNotReady extends DomainError {
  constructor(state: string) {
    super(
      'conflict',
      'user_import.not_ready',
      `An import is started once, after it was checked; this one is ${state}.`,
    );
  }
}

export class ImportBusy extends DomainError {
  constructor() {
    super('conflict', 'user_import.busy', 'Another import is running. Wait for it, or stop it.');
  }
}
