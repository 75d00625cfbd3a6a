/** What every object of Kubernetes has. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly uid?: string | undefined;
    readonly resourceVersion?: string | undefined;
    readonly generation?: number | undefined;
    readonly deletionTimestamp?: string | undefined;
    readonly finalizers?: readonly string[] | undefined;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly managedFields?: unknown;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** Where objects of one kind are found. */
export interface Resource {
  /** `/api/v1`, `/apis/harka.ai/v1alpha1`. */
  readonly root: string;
  readonly plural: string;
  readonly kind: string;
}

export const namespaces: Resource = { root: '/api/v1', plural: 'namespaces', kind: 'Namespace' };
export const resourceQuotas: Resource = { root: '/api/v1', plural: 'resourcequotas', kind: 'ResourceQuota' };
export const limitRanges: Resource = { root: '/api/v1', plural: 'limitranges', kind: 'LimitRange' };
export const events: Resource = { root: '/api/v1', plural: 'events', kind: 'Event' };
export const leases: Resource = { root: '/apis/coordination.k8s.io/v1', plural: 'leases', kind: 'Lease' };
export const tenants: Resource = { root: '/apis/harka.ai/v1alpha1', plural: 'tenants', kind: 'Tenant' };

export function pathOf(resource: Resource, namespace?: string, name?: string): string {
  const inside = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const one = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${resource.root}${inside}/${resource.plural}${one}`;
}

export function apiVersionOf({ root }: Resource): string {
  return root.replace(/^\/apis?\//, '');
}
