// `helm test`: what a release can tell of itself without any sign-in, asked through the gateway's own service.
import { request } from 'node:http';

const [gateway, baseDomain] = process.argv.slice(-2);

/** Asks as a visitor of that host would. */
function ask(host, path) {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, gateway), { headers: { host }, timeout: 10_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer within 10 s')));
    asked.on('error', reject);
    asked.end();
  });
}

const nobody = `no-such-academy-${Date.now()}.${baseDomain}`;
const checks = [
  ['every part that the gateway needs is there', baseDomain, '/readyz', 200, ''],
  ['an academy that does not exist is none', nobody, '/api/v1/catalogue', 404, 'tenant.not_found'],
  ['metrics are not for visitors', baseDomain, '/metrics', 404, ''],
  ['nothing is given to who is not signed in', `admin.${baseDomain}`, '/api/v1/operator/tenants', 401, ''],
];
for (const [what, host, path, status, word] of checks) {
  const answer = await ask(host, path);
  const holds = answer.status === status && answer.text.includes(word);
  console.log(
    `${holds ? 'ok' : 'FAILED'}  ${what}${holds ? '' : `: ${answer.status} ${answer.text.slice(0, 300)}`}`,
  );
  if (!holds) process.exitCode = 1;
}
