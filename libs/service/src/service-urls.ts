import type { ServiceUrls } from './service-client.js';
import type { PlatformConfig } from './platform.config.js';

/** Where the services are, by the configuration. */
export function serviceUrlsOf(config: PlatformConfig): ServiceUrls {
  return {
    tenants: config.HARKA_TENANTS_URL,
    auth: config.HARKA_AUTH_URL,
    courses: config.HARKA_COURSES_URL,
    media: config.HARKA_MEDIA_URL,
    insights: config.HARKA_INSIGHTS_URL,
  };
}
