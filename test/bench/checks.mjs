// What a token check costs the gateway, and what twenty passwords at once do to the event loop. Needs a built dist.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { median } from './interleave.mjs';

const ROUNDS = 15;
const CHECKS = 20_000;
const SESSIONS = 1_000;
const AT_ONCE = 20;
/** As auth has it where nothing else is said. */
const HASHING = { cost: 12, concurrent: 2, waiting: 100, realmShare: 1 };

const part = (path) => import(new URL(`../../dist/apps/${path}.js`, import.meta.url));
const { AccessTokens } = await part('gateway/src/identity/access-tokens');
const { Authenticator } = await part('gateway/src/identity/authenticator');
const { KeySet } = await part('gateway/src/identity/key-set');
const { OperatorToken } = await part('gateway/src/identity/operator-token');
const { Revocations } = await part('gateway/src/identity/revocations');
const { BcryptPasswordHasher } = await part('auth/src/password/password-hasher.bcrypt');

/** Of the whole of the authenticator, headers in and passport out, in microseconds. */
async function tokenChecks() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'EdDSA', use: 'sig' };
  const sign = () =>
    new SignJWT({ sid: randomUUID(), name: 'A learner', email: 'learner@bench.example', role: 'learner' })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
      .setIssuer('harka')
      .setSubject(randomUUID())
      .setAudience(randomUUID())
      .setIssuedAt()
      .setExpirationTime('15m')
      .sign(privateKey);
  const sent = [];
  for (let each = 0; each < SESSIONS; each += 1) sent.push({ authorization: `Bearer ${await sign()}` });
  const clock = { at: Date.now() };
  const now = () => clock.at;
  const ended = Array.from({ length: 10_000 }, () => randomUUID());
  const fresh = () => {
    const revocations = new Revocations({ store: { zrangebyscore: async () => ended }, now });
    const tokens = new AccessTokens({
      keys: new KeySet(async () => ({ keys: [jwk] }), now),
      revocations,
      now,
    });
    return new Authenticator({ tokens, apiKeys: {}, operatorToken: new OperatorToken(undefined) });
  };
  const timed = async (door, count) => {
    const start = performance.now();
    for (let each = 0; each < count; each += 1) await door.member(sent[each % SESSIONS], true);
    return ((performance.now() - start) * 1_000) / count;
  };
  const [warm, looked, first] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const door = fresh();
    await door.member(sent[0], true);
    const measured = [await timed(door, SESSIONS)];
    measured.push(await timed(door, CHECKS));
    // Two seconds later each session is looked for among those that ended.
    clock.at += 2_001;
    measured.push(await timed(door, SESSIONS));
    if (round === 0) continue;
    for (const [place, list] of [first, warm, looked].entries()) list.push(measured[place]);
  }
  return { warmUs: median(warm), lookedAgainUs: median(looked), firstSightUs: median(first) };
}

/** The 99th percentile of the lag of the event loop in milliseconds: at rest, and while twenty compare a password. */
async function passwordChecks() {
  const hasher = new BcryptPasswordHasher(HASHING);
  const known = await hasher.hash('correct horse battery');
  const lagWhile = async (work) => {
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    await work();
    lag.disable();
    return lag.percentile(99) / 1e6;
  };
  const [rest, busy, seconds] = [[], [], []];
  for (let round = 0; round < 5; round += 1) {
    let took = 0;
    busy.push(
      await lagWhile(async () => {
        const start = performance.now();
        const all = Array.from({ length: AT_ONCE }, async () =>
          hasher.verify('correct horse battery', known),
        );
        if ((await Promise.all(all)).includes(false)) throw new Error('The password is right.');
        took = (performance.now() - start) / 1_000;
      }),
    );
    seconds.push(took);
    rest.push(await lagWhile(() => delay(took * 1_000)));
  }
  return {
    atOnce: AT_ONCE,
    perSecond: AT_ONCE / median(seconds),
    lagP99Ms: median(busy),
    lagAtRestP99Ms: median(rest),
  };
}

const report = { tokens: await tokenChecks(), passwords: await passwordChecks() };
const { warmUs, lookedAgainUs, firstSightUs } = report.tokens;
const { perSecond, lagP99Ms, lagAtRestP99Ms } = report.passwords;
process.stdout.write(`
A token at the gateway, headers in and passport out, µs a check (medians of ${ROUNDS} rounds)
  ${warmUs.toFixed(2).padStart(8)}  seen a moment ago
  ${lookedAgainUs.toFixed(2).padStart(8)}  looked at again after two seconds, among 10,000 sessions that ended
  ${firstSightUs.toFixed(2).padStart(8)}  never seen: the signature is verified
${AT_ONCE} passwords at once, bcrypt ${HASHING.cost}: ${perSecond.toFixed(1)} a second
  ${lagP99Ms.toFixed(1).padStart(8)}  ms lag of the event loop, 99th percentile
  ${lagAtRestP99Ms.toFixed(1).padStart(8)}  ms at rest, on the same machine just after
`);
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(report)}\n`);
