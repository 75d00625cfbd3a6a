import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '#libs/contracts';
import type { KubeClient } from '../kube/kube-client.js';
import { isStatus } from '../kube/kube-error.js';
import {
  apiVersionOf,
  events,
  limitRanges,
  namespaces,
  resourceQuotas,
  tenants,
  type KubeObject,
  type Resource,
} from '../kube/kube-object.js';
import { Watched } from '../kube/watched.js';
import { namespaceOf, planObjects, RESIDENCY_LABEL, TENANT_LABEL } from './plan-resources.js';
import { FINALIZER, type Tenant, type TenantSpec, type TenantStatus } from './tenant.js';
import { TenantObjects } from './tenant-objects.js';

/** Objects that belong to no namespace have their Events here. */
const EVENTS_NAMESPACE = 'default';

export interface KubeTenantObjectsOptions {
  readonly silence: number;
  readonly onChange: (slug: string) => void;
  readonly onRestart: (kind: string, reason: string, error?: unknown) => void;
  readonly onTrouble: (error: unknown) => void;
}

export class KubeTenantObjects extends TenantObjects {
  private readonly tenants: Watched<Tenant>;
  private readonly owned: ReadonlyMap<Resource, Watched<KubeObject>>;

  constructor(
    private readonly client: KubeClient,
    private readonly options: KubeTenantObjectsOptions,
  ) {
    super();
    const { silence, onChange, onRestart } = options;
    const watched = <T extends KubeObject>(
      resource: Resource,
      slugOf: (object: KubeObject) => string | undefined,
    ) =>
      new Watched<T>(client, resource, {
        silence,
        ...(resource !== tenants && { selector: TENANT_LABEL }),
        onChange: (object) => {
          const slug = slugOf(object);
          if (slug !== undefined) onChange(slug);
        },
        onRestart: (reason, error) => {
          onRestart(resource.kind, reason, error);
        },
      });
    this.tenants = watched<Tenant>(tenants, ({ metadata }) => metadata.name);
    this.owned = new Map(
      [namespaces, resourceQuotas, limitRanges].map((resource) => [
        resource,
        watched<KubeObject>(resource, ({ metadata }) => metadata.labels?.[TENANT_LABEL]),
      ]),
    );
  }

  async start(): Promise<void> {
    // What tenants own comes first, or it would be taken for missing.
    await Promise.all([...this.owned.values()].map(async (each) => each.start()));
    await this.tenants.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.tenants, ...this.owned.values()].map(async (each) => each.stop()));
  }

  slugs(): string[] {
    return this.tenants.names();
  }

  get(slug: string): Tenant | undefined {
    return this.tenants.get(slug);
  }

  async create(slug: string, spec: TenantSpec): Promise<void> {
    try {
      const metadata = { name: slug, finalizers: [FINALIZER] };
      this.tenants.put(await this.client.create<Tenant>(tenants, { metadata, spec }));
    } catch (error) {
      // Somebody made it meanwhile: the watch tells, and it is reconciled then.
      if (!isStatus(error, 409)) throw error;
    }
  }

  async hold(tenant: Tenant): Promise<void> {
    await this.patch(tenant, {
      metadata: { finalizers: [...(tenant.metadata.finalizers ?? []), FINALIZER] },
    });
  }

  async let(tenant: Tenant): Promise<void> {
    const finalizers = tenant.metadata.finalizers?.filter((name) => name !== FINALIZER) ?? [];
    try {
      await this.patch(tenant, { metadata: { finalizers } });
    } catch (error) {
      if (!isStatus(error, 404)) throw error;
    }
  }

  async change(tenant: Tenant, spec: Partial<TenantSpec>): Promise<void> {
    await this.patch(tenant, { spec });
  }

  async say(tenant: Tenant, status: TenantStatus): Promise<void> {
    // As JSON has it: what is undefined is not there.
    if (isDeepStrictEqual(tenant.status, JSON.parse(JSON.stringify(status)))) return;
    const object = { metadata: { name: tenant.metadata.name }, status };
    try {
      this.tenants.put(await this.client.apply<Tenant>(tenants, object as Tenant, { subresource: 'status' }));
    } catch (error) {
      // Deleted meanwhile.
      if (!isStatus(error, 404)) throw error;
    }
  }

  tell(tenant: Tenant, reason: string, message: string): void {
    const { name, uid } = tenant.metadata;
    const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    const event = {
      metadata: { name: `${name.slice(0, 200)}.${randomUUID()}`, namespace: EVENTS_NAMESPACE },
      involvedObject: { apiVersion: apiVersionOf(tenants), kind: tenants.kind, name, uid },
      reason,
      message,
      type: 'Normal',
      source: { component: 'harka-operator' },
      reportingComponent: 'harka-operator',
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    };
    this.client.create(events, event, EVENTS_NAMESPACE).catch(this.options.onTrouble);
  }

  async ensureResources(slug: string, plan: Plan, residency: string | undefined): Promise<string> {
    const namespace = namespaceOf(slug);
    const { quotas, limits } = planObjects(slug, plan, residency);
    const labels = {
      [TENANT_LABEL]: slug,
      ...(residency !== undefined && { [RESIDENCY_LABEL]: residency }),
      'pod-security.kubernetes.io/enforce': 'restricted',
    };
    await this.ensure(namespaces, { metadata: { name: namespace, labels } });
    await Promise.all([
      ...quotas.map(async (quota) => this.ensure(resourceQuotas, quota)),
      this.ensure(limitRanges, limits),
    ]);
    return namespace;
  }

  async removeResources(slug: string): Promise<void> {
    // Of any plan: the names are the same.
    const { quotas, limits } = planObjects(slug, 'starter', undefined);
    const all = [...quotas.map((each) => [resourceQuotas, each] as const), [limitRanges, limits] as const];
    for (const [resource, { metadata }] of all) {
      if (this.owned.get(resource)?.get(metadata.name, metadata.namespace) === undefined) continue;
      await this.client.remove(resource, metadata.name, metadata.namespace).catch((error: unknown) => {
        if (!isStatus(error, 404)) throw error;
      });
    }
  }

  /** Applied where it is not there, or where somebody changed what we say. */
  private async ensure(resource: Resource, wanted: KubeObject): Promise<void> {
    const watched = this.owned.get(resource);
    const { name, namespace, labels = {} } = wanted.metadata;
    const found = watched?.get(name, namespace);
    const isSame =
      found !== undefined &&
      Object.entries(labels).every(([label, value]) => found.metadata.labels?.[label] === value) &&
      (wanted.spec === undefined || isDeepStrictEqual(found.spec, wanted.spec));
    if (isSame) return;
    const applied = await this.client.apply<KubeObject>(
      resource,
      wanted,
      namespace === undefined ? {} : { namespace },
    );
    watched?.put(applied);
  }

  /** Only if it is still as it was read. */
  private async patch(tenant: Tenant, patch: { metadata?: object; spec?: object }): Promise<void> {
    const { name, resourceVersion } = tenant.metadata;
    const metadata = { resourceVersion, ...patch.metadata };
    this.tenants.put(await this.client.merge<Tenant>(tenants, name, { ...patch, metadata }));
  }
}
