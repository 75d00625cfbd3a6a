import type { Readable } from 'node:stream';
import { Controller } from '@nestjs/common';
import {
  exportMyTeam,
  exportReport,
  getMyTeam,
  getMyTeamMember,
  hasTeam,
  reportCourses,
  reportLearner,
  reportOverdue,
  reportTeams,
  reportTrend,
} from '#libs/contracts/courses';
import { Clock } from '#libs/kernel';
import { Download, Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { ExportReport } from './export-report.use-case.js';
import { MyTeamReport } from './my-team.read-model.js';
import { Reports } from './report.read-model.js';

@Controller()
export class ReportController {
  constructor(
    private readonly reports: Reports,
    private readonly myTeam: MyTeamReport,
    private readonly exportReport: ExportReport,
    private readonly clock: Clock,
  ) {}

  @Endpoint(reportCourses)
  async courses(@Input() { query }: InputOf<typeof reportCourses>): Promise<ResultOf<typeof reportCourses>> {
    return this.reports.courses(query);
  }

  @Endpoint(reportTeams)
  async teams(@Input() { query }: InputOf<typeof reportTeams>): Promise<ResultOf<typeof reportTeams>> {
    const { by, ...filter } = query;
    return this.reports.teams(filter, by);
  }

  @Endpoint(reportOverdue)
  async overdue(@Input() { query }: InputOf<typeof reportOverdue>): Promise<ResultOf<typeof reportOverdue>> {
    const { limit, cursor, ...filter } = query;
    return this.reports.overdue(filter, limit, cursor);
  }

  @Endpoint(reportTrend)
  async trend(@Input() { query }: InputOf<typeof reportTrend>): Promise<ResultOf<typeof reportTrend>> {
    const { interval, ...filter } = query;
    return this.reports.trend(filter, interval);
  }

  @Endpoint(reportLearner)
  async learner(@Input() { params }: InputOf<typeof reportLearner>): Promise<ResultOf<typeof reportLearner>> {
    return this.reports.learner(params.userId);
  }

  @Endpoint(exportReport)
  download(@Input() { params, query }: InputOf<typeof exportReport>): Download {
    return this.csv(params.report, this.exportReport.execute(params.report, query));
  }

  @Endpoint(hasTeam)
  async has(): Promise<ResultOf<typeof hasTeam>> {
    return { hasTeam: await this.myTeam.isSomebodyBelow() };
  }

  @Endpoint(getMyTeam)
  async team(@Input() { query }: InputOf<typeof getMyTeam>): Promise<ResultOf<typeof getMyTeam>> {
    return this.myTeam.list(query);
  }

  @Endpoint(exportMyTeam)
  downloadTeam(): Download {
    return this.csv('my-team', this.exportReport.ofMyTeam());
  }

  @Endpoint(getMyTeamMember)
  async member(
    @Input() { params }: InputOf<typeof getMyTeamMember>,
  ): Promise<ResultOf<typeof getMyTeamMember>> {
    return this.myTeam.member(params.userId);
  }

  private csv(name: string, content: Readable): Download {
    const day = this.clock.now().toISOString().slice(0, 10);
    return new Download(content, {
      contentType: 'text/csv; charset=utf-8',
      headers: { 'content-disposition': `attachment; filename="${name}-${day}.csv"` },
    });
  }
}
