import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OutboundClient } from '#libs/outbound';
import { aPerson, codeOf, eventsOf, mailsOf, SignInLab, TestIdp } from '../../testing/index.js';
import { bareCertificate } from '../connection/certificate.js';
import type { Connection } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { connectionsDue } from './connection-care.runner.js';
import { LookAfterConnections } from './look-after-connections.use-case.js';
import { RefreshMetadata } from './refresh-metadata.use-case.js';

const URL_OF = 'https://idp.acme.example/metadata.xml';
const DAY = 86_400_000;

describe('connections that are looked after', () => {
  let lab: SignInLab;
  let next: TestIdp;
  let connection: Connection;
  let answer: () => { status: number; text: string };

  beforeAll(async () => {
    lab = await SignInLab.open();
    next = await TestIdp.make();
    await aPerson(lab.auth, lab.here, 'owner');
    answer = () => ({ status: 200, text: lab.idp.metadata() });
    provide();
    connection = await lab.connection({ saml: { metadataXml: undefined, metadataUrl: URL_OF } });
    await look();
  }, 120_000);
  beforeEach(() => {
    provide();
  });
  afterAll(async () => {
    await lab.close();
  });

  /** The address of the metadata, and what is there at the moment. */
  function provide(): void {
    jest.spyOn(lab.auth.get(OutboundClient), 'call').mockImplementation(async () => {
      const { status, text } = answer();
      return { status, headers: {}, bytes: Buffer.from(text) };
    });
  }
  const now = async () =>
    (await lab.nobody(() => lab.auth.get(ConnectionRepository).byId(connection.id))) ?? connection;
  async function look(days = 2): Promise<void> {
    lab.auth.clock.advance(days * DAY);
    await lab.nobody(() => lab.auth.get(LookAfterConnections).execute());
  }
  const warnings = async () =>
    (await eventsOf(lab.auth, lab.here)).filter(({ type }) => type === 'auth.connection.warned');

  it('takes a new certificate over beside the old one, which people notice by nothing', async () => {
    const old = bareCertificate(lab.idp.key.certificate);
    const both = lab.idp
      .metadata()
      .replace('</md:KeyDescriptor>', `</md:KeyDescriptor>${descriptorOf(next.key.certificate)}`);
    answer = () => ({ status: 200, text: both });
    await look();
    expect((await now()).saml?.certificates.map(bareCertificate)).toEqual([
      old,
      bareCertificate(next.key.certificate),
    ]);
    const xml = lab.idp.response(await lab.said(connection), { parts: 'assertion', key: next.key });
    expect((await lab.post(connection, xml)).kind).toBe('handoff');
    const [event] = (await eventsOf(lab.auth, lab.here)).filter(
      ({ type }) => type === 'auth.connection.changed',
    );
    expect(event?.payload).toMatchObject({ changed: ['saml.certificates'] });
  });

  it.each([
    ['is away', () => ({ status: 503, text: 'away' })],
    ['says something else', () => ({ status: 200, text: '<html></html>' })],
    [
      'is another provider',
      () => ({ status: 200, text: lab.idp.metadata().replace('entityID="', 'entityID="x') }),
    ],
  ])('keeps what it knows when the address %s, and tells the administrators once', async (_, said) => {
    const before = (await now()).saml?.certificates;
    const told = (await warnings()).length;
    answer = said;
    for (let day = 0; day < 5; day += 1) await look();
    expect((await now()).saml?.certificates).toEqual(before);
    expect((await warnings()).slice(told)).toMatchObject([{ payload: { warning: 'metadata_unreadable' } }]);
    answer = () => ({ status: 200, text: lab.idp.metadata() });
    await look();
  });

  it('is found by the timer when its time has come, and not before', async () => {
    const found = async () => {
      const { relay, directory } = lab.auth.shard;
      const [shard] = await directory.shards();
      return relay.query<{ tenantId: string }>(shard?.name ?? '', connectionsDue);
    };
    const set = (at: string) =>
      lab.nobody(() => lab.auth.shard.database.query(`UPDATE auth.connections SET look_at = now() ${at}`));
    await set("+ interval '1 hour'");
    expect(await found()).toEqual([]);
    await set("- interval '1 second'");
    expect(await found()).toEqual([{ tenantId: lab.here.id }]);
  });

  it('is not asked more often than it takes', async () => {
    let asked = 0;
    answer = () => {
      asked += 1;
      return { status: 200, text: lab.idp.metadata() };
    };
    await look();
    for (let time = 0; time < 3; time += 1) await look(0);
    expect(asked).toBe(1);
    const refresh = () => lab.owner(() => lab.auth.get(RefreshMetadata).now(connection.id));
    for (let time = 0; time < 6; time += 1) await refresh();
    expect(await codeOf(refresh())).toBe('connection.too_many_looks');
  });

  it('warns before the last certificate runs out, each step once and by mail', async () => {
    const told = (await warnings()).length;
    const { validTo } = new (await import('node:crypto')).X509Certificate(lab.idp.key.certificate);
    const left = (new Date(validTo).getTime() - lab.now.getTime()) / DAY;
    await look(left - 59);
    await look(1);
    await look(left - (left - 59) - 1 - 6);
    expect((await warnings()).slice(told).map(({ payload }) => payload['warning'])).toEqual([
      'certificate_expires',
      'certificate_expires',
    ]);
    const mails = await mailsOf(lab.auth, lab.here);
    expect(mails.at(-1)).toMatchObject({
      template: 'notice',
      wording: { subject: expect.stringContaining('6 days') as unknown },
    });
  });
});

function descriptorOf(pem: string): string {
  return `<md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${bareCertificate(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
}
