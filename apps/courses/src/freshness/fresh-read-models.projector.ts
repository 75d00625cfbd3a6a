import { Injectable } from '@nestjs/common';
import { Projector } from '#libs/events';
import { TenantDatabase } from '#libs/sharding';
import { mediaFiles } from '../media-file/media-file.projection.js';
import { people } from '../person/person.projection.js';
import { teams } from '../team/team.projection.js';
import { FreshReadModels } from './fresh-read-models.js';

const BUSY_MS = 50;
const PATIENCE_MS = 3_000;

@Injectable()
export class ProjectedReadModels extends FreshReadModels {
  private readonly projector: Projector;

  constructor(database: TenantDatabase) {
    super();
    this.projector = new Projector({ database });
  }

  async catchUp(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    for (const projection of [people, teams, mediaFiles]) {
      // Busy: the runner or another request is at it, and done in a moment.
      while ((await this.projector.catchUp(projection)) === 'busy' && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
      }
    }
  }
}
