import { Injectable } from '@nestjs/common';
import { currentContext, runInContext, type Actor } from '#libs/tenancy';
import { ApplyPeople } from './apply-people.use-case.js';
import { CancelImport } from './cancel-import.use-case.js';
import { CheckPeople } from './check-people.use-case.js';
import { ImportAuthority } from './import-authority.js';
import { BEGINNING, type Cursor, OVER, type Step } from './import-step.js';
import { InviteImported } from './invite-imported.use-case.js';
import { ImportNotFound } from './people-import.errors.js';
import type { PeopleImport } from './people-import.js';
import { PeopleImportRepository } from './people-import.repository.js';

/** Takes an import some steps further, in the name and with the rights of who uploaded it. */
@Injectable()
export class AdvanceImport {
  constructor(
    private readonly imports: PeopleImportRepository,
    private readonly authority: ImportAuthority,
    private readonly checking: CheckPeople,
    private readonly applying: ApplyPeople,
    private readonly inviting: InviteImported,
    private readonly cancelling: CancelImport,
  ) {}

  /** As many steps as there is time for; answers how it goes on. */
  async execute(id: string, until: number): Promise<Step['next']> {
    let step: Step = { next: 'more', cursor: BEGINNING };
    while (step.next === 'more') {
      step = await this.step(id, step.cursor);
      if (Date.now() >= until) return step.next;
    }
    return step.next;
  }

  private async step(id: string, cursor: Cursor): Promise<Step> {
    const run = await this.find(id);
    if (run === null || !['checking', 'running', 'inviting'].includes(run.state)) return OVER;
    const actor = await this.authority.of(run);
    if (actor === null) {
      await this.cancelling.execute(id);
      return OVER;
    }
    return runInContext({ ...currentContext(), actor }, () => this.advance(run, actor, cursor));
  }

  private async advance({ id, state }: PeopleImport, actor: Actor, cursor: Cursor): Promise<Step> {
    if (state === 'checking') return this.checking.execute(id, actor, cursor);
    if (state === 'running') return this.applying.execute(id, actor, cursor);
    return this.inviting.execute(id, cursor);
  }

  private async find(id: string): Promise<PeopleImport | null> {
    try {
      return await this.imports.byId(id);
    } catch (error) {
      if (error instanceof ImportNotFound) return null;
      throw error;
    }
  }
}
