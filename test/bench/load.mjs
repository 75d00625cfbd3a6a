import { readFileSync } from 'node:fs';
import { request as httpRequest, Agent } from 'node:http';

const TICKS_PER_SECOND = 100;

/** CPU that a process has used so far, in microseconds (proc(5): utime and stime). */
export function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6;
}

/** Memory of a process that is its own or its share of what is shared, in bytes. */
export function memoryOf(pid) {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1];
  return Number(kilobytes) * 1024;
}

/**
 * Sends requests over 32 kept connections for so long, each connection its next as soon as it has an answer.
 * `next` gives the request. Every answer must be a 200.
 */
export async function slice({ base, next, pid, ms, connections = 32 }) {
  const { hostname, port } = new URL(base);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies = [];
  const before = cpuOf(pid);
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - start < ms) {
        const begun = performance.now();
        await once({ hostname, port, agent, ...next() });
        latencies.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const cpu = (cpuOf(pid) - before) / latencies.length;
  agent.destroy();
  latencies.sort((one, other) => one - other);
  return { perSecond: latencies.length / seconds, cpu, p99: latencies[Math.floor(latencies.length * 0.99)] };
}

function once({ path, headers, ...where }) {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...where, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        if (response.statusCode !== 200) text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${path}: ${response.statusCode} ${text.slice(0, 300)}`));
      });
    });
    request.on('error', reject);
    request.end();
  });
}
