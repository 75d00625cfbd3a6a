import { Controller } from '@nestjs/common';
import { getTenantAnalytics, type TenantAnalytics } from '#libs/contracts/insights';
import { Endpoint } from '#libs/service';
import { ShowTenantDashboard } from './show-tenant-dashboard.use-case.js';

@Controller()
export class DashboardController {
  constructor(private readonly showing: ShowTenantDashboard) {}

  @Endpoint(getTenantAnalytics)
  async show(): Promise<TenantAnalytics> {
    return this.showing.execute();
  }
}
