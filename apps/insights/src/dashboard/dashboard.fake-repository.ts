import { DashboardRepository, type DashboardNumbers } from './dashboard.repository.js';

export class FakeDashboardRepository extends DashboardRepository {
  readonly asked: string[] = [];

  constructor(private readonly given: Partial<DashboardNumbers> = {}) {
    super();
  }

  async numbers(activeSince: string): Promise<DashboardNumbers> {
    this.asked.push(activeSince);
    const nothing = {
      totalUsers: 0,
      activeUsers: 0,
      enrolments: 0,
      coursesCompleted: 0,
      progress: 0,
      storageBytes: 0,
    };
    return { ...nothing, ...this.given };
  }
}
