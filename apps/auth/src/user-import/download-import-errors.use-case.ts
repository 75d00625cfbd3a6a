import { Injectable } from '@nestjs/common';
import { currentContext, runInContext, type RequestContext } from '#libs/tenancy';
import { csvLine } from './csv-writer.js';
import { ERROR_COLUMNS } from './people-csv.js';
import type { PeopleImport } from './people-import.js';
import { PeopleImportReadModel } from './people-import.read-model.js';
import { PeopleImportRepository } from './people-import.repository.js';

const SLICE = 1_000;

/** The rows that fail, as they were given, with the reason behind: a file that can be mended and uploaded again. */
@Injectable()
export class DownloadImportErrors {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly model: PeopleImportReadModel,
  ) {}

  /** @throws ImportNotFound before the first line */
  async execute(id: string): Promise<{ fileName: string; lines: AsyncIterable<string> }> {
    const run = await this.imports.byId(id);
    const stem = run.fileName.replace(/\.csv$/i, '').replace(/[^\w.-]+/g, '_');
    return { fileName: `${stem}-errors.csv`, lines: this.linesOf(run, currentContext()) };
  }

  private async *linesOf(run: PeopleImport, context: RequestContext): AsyncGenerator<string> {
    yield `\uFEFF${csvLine([...run.header, ...ERROR_COLUMNS])}`;
    for (let afterLine = 0; ;) {
      // Whoever reads the stream does so outside of the request.
      const rows = await runInContext(context, () => this.model.find(run, afterLine, 'failed', SLICE));
      if (rows.length === 0) return;
      yield rows
        .map(({ cells, line, code, detail }) => {
          const padded = run.header.map((_, index) => cells[index] ?? '');
          return csvLine([...padded, String(line), code ?? '', detail ?? '']);
        })
        .join('');
      afterLine = rows.at(-1)?.line ?? afterLine;
    }
  }
}
