import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { TenantQueue, TenantTimer } from '#libs/queue';
import { ServiceLogger } from '#libs/service';
import { RelayDatabase, ShardDirectory } from '#libs/sharding';
import { purgeCourseJob } from './purge-course.job.js';
import { PurgeCourse } from './purge-course.use-case.js';

export const coursesToPurge = `
  SELECT tenant_id AS "tenantId", course_id AS "courseId" FROM courses.purges
   WHERE purge_after < now() ORDER BY purge_after LIMIT 1000`;

const LOOK_EVERY = 10 * 60_000;

/** Finds deleted courses whose time has come, over all tenants of each shard at once. */
@Injectable()
export class CoursePurger implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timer: TenantTimer<{ readonly tenantId: string; readonly courseId: string }>;

  constructor(
    relay: RelayDatabase,
    directory: ShardDirectory,
    logger: ServiceLogger,
    private readonly queue: TenantQueue,
    private readonly purgeCourse: PurgeCourse,
  ) {
    this.timer = new TenantTimer({
      ...{ service: 'courses', relay, directory, logger, due: coursesToPurge, everyMs: LOOK_EVERY },
      wake: async ({ courseId }) =>
        queue.add(purgeCourseJob, { courseId }, { key: courseId, priority: 'low' }),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(purgeCourseJob, async ({ courseId }) => {
      await this.purgeCourse.execute(courseId);
    });
    this.timer.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.timer.stop();
  }
}
