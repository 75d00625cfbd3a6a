import { Controller } from '@nestjs/common';
import { listProjections, replayProjection, type ProjectionOverview } from '#libs/contracts/insights';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { Projections } from './projections.js';

@Controller()
export class ProjectionController {
  constructor(private readonly projections: Projections) {}

  @Endpoint(listProjections)
  async list(): Promise<ProjectionOverview> {
    return this.projections.overview();
  }

  @Endpoint(replayProjection)
  async replay(
    @Input() { body }: InputOf<typeof replayProjection>,
  ): Promise<ResultOf<typeof replayProjection>> {
    await this.projections.replay(body.tenantId, body.projection);
    return { ...body, status: 'replaying' };
  }
}
