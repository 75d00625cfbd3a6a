import { courses } from '#apps/courses';
import { tenants } from '#apps/tenants';
import type { ServiceDefinition } from '#libs/service';

/** Every service that keeps tables. Their order is the order of their migrations within a database. */
export const services: readonly Pick<ServiceDefinition, 'name' | 'migrations'>[] = [tenants, courses];
