import { call, list, MERGE, must, type KubeObject } from './cluster.js';

const NAME = 'hollow';
const POLL_MS = 50;
const STATUS = { capacity: room(), allocatable: room() };

function room(): Record<string, string> {
  return { cpu: '1000', memory: '4Ti', pods: '10000', 'ephemeral-storage': '100Ti' };
}

/**
 * A node without a machine: what is scheduled to it is said to run and to be ready, a Job's pod and a test's to have ended
 * well, and what shall go is gone at once. So the control plane and Helm do all that they do, and no image is needed.
 */
export class HollowNode {
  private stopped = false;
  private readonly done: Promise<void>;
  /** Pods of these names fail instead. */
  readonly failing = new Set<string>();
  /** The names of all pods that ended, or were asked to. */
  readonly ended: string[] = [];

  private constructor() {
    this.done = this.serve();
  }

  static async start(): Promise<HollowNode> {
    const labels = { 'kubernetes.io/hostname': NAME, 'topology.kubernetes.io/zone': 'z1' };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: NAME, labels } };
    const { status } = await call('POST', '/api/v1/nodes', node);
    if (status !== 201 && status !== 409) throw new Error(`no node: ${status}`);
    const conditions = [{ type: 'Ready', status: 'True', reason: 'Hollow', message: 'of no machine' }];
    await must(
      'PATCH',
      `/api/v1/nodes/${NAME}/status`,
      { status: { ...STATUS, conditions } },
      { type: MERGE },
    );
    // Nobody else looks after nodes here, so nobody else takes the taint of new ones away.
    await must('PATCH', `/api/v1/nodes/${NAME}`, { spec: { taints: null } }, { type: MERGE });
    return new HollowNode();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.done;
  }

  private async serve(): Promise<void> {
    while (!this.stopped) {
      const pods = await list(`/api/v1/pods?fieldSelector=spec.nodeName%3D${NAME}`);
      await Promise.all(pods.map(async (pod) => this.tend(pod)));
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private async tend(pod: KubeObject): Promise<void> {
    const { name, namespace = '', deletionTimestamp } = pod.metadata;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
    if (deletionTimestamp !== undefined) {
      await call('DELETE', `${path}?gracePeriodSeconds=0`);
      return;
    }
    if (pod.status?.['phase'] !== 'Pending') return;
    const status = this.statusOf(pod);
    if (status['phase'] !== 'Running') this.ended.push(name);
    await call('PATCH', `${path}/status`, { status }, { type: MERGE });
  }

  private statusOf(pod: KubeObject): Record<string, unknown> {
    const { name, ownerReferences = [] } = pod.metadata;
    const startTime = new Date().toISOString();
    const ends = pod.spec?.['restartPolicy'] === 'Never';
    const containers = (pod.spec?.['containers'] ?? []) as { name: string; image: string }[];
    const failed = [...this.failing].some((part) => name.includes(part));
    const isJob = ownerReferences.some(({ kind }) => kind === 'Job');
    const state =
      ends || isJob
        ? {
            terminated: {
              exitCode: failed ? 1 : 0,
              reason: failed ? 'Error' : 'Completed',
              finishedAt: startTime,
            },
          }
        : { running: { startedAt: startTime } };
    const ready = 'running' in state;
    const phase = ready ? 'Running' : failed ? 'Failed' : 'Succeeded';
    return {
      phase,
      startTime,
      podIP: '10.0.0.1',
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        type,
        status: ready || type === 'PodScheduled' || type === 'Initialized' ? 'True' : 'False',
        lastTransitionTime: startTime,
      })),
      containerStatuses: containers.map((container) => ({
        name: container.name,
        image: container.image,
        imageID: container.image,
        ready,
        restartCount: 0,
        state,
      })),
    };
  }
}
