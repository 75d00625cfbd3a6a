import { Injectable } from '@nestjs/common';
import type { PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

@Injectable()
export class ShowImport {
  constructor(private readonly imports: PeopleImportRepository) {}

  /** @throws ImportNotFound */
  async execute(id: string): Promise<PeopleImport> {
    return this.imports.byId(id);
  }
}
