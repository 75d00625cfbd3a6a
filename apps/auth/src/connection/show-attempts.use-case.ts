import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#libs/contracts';
import type { AttemptDetail, AttemptView, MappingPreviewInput } from '#libs/contracts/auth';
import { DomainError } from '#libs/kernel';
import { z } from 'zod';
import { attemptView } from '../federation/attempt.js';
import { AttemptRepository } from '../federation/attempt.repository.js';
import { personOfClaims, type FederatedPerson } from '../federation/federated-person.js';
import type { Connection } from './connection.js';
import { ShowConnections } from './show-connections.use-case.js';

const place = z.strictObject({ at: z.iso.datetime(), id: z.uuid() });

/** The trace of a connection: what came, what was found, and who would come of it now. */
@Injectable()
export class ShowAttempts {
  constructor(
    private readonly connections: ShowConnections,
    private readonly attempts: AttemptRepository,
  ) {}

  /** @throws ConnectionNotFound */
  async page(connectionId: string, limit: number, cursor: string | undefined) {
    await this.connections.one(connectionId);
    const after = cursor === undefined ? null : decodeCursor(cursor, place);
    const from = after === null ? null : { at: new Date(after.at), id: after.id };
    const found = await this.attempts.list(connectionId, limit + 1, from);
    const items: AttemptView[] = found.slice(0, limit).map(attemptView);
    const last = items.at(-1);
    const nextCursor =
      found.length > limit && last !== undefined ? encodeCursor({ at: last.at, id: last.id }) : null;
    return { items, nextCursor };
  }

  /** @throws ConnectionNotFound, DomainError `sso_attempt.not_found` */
  async one(connectionId: string, id: string): Promise<AttemptDetail> {
    return this.by(await this.connections.one(connectionId), id);
  }

  /** Who would come of it by other rules. @throws as `one` */
  async preview(
    connectionId: string,
    { attemptId, mapping, provisioning }: MappingPreviewInput,
  ): Promise<AttemptDetail['person']> {
    const connection = await this.connections.one(connectionId);
    return (await this.by({ ...connection, mapping, provisioning }, attemptId)).person;
  }

  private async by(connection: Connection, id: string): Promise<AttemptDetail> {
    const attempt = await this.attempts.byId(connection.id, id);
    if (attempt === null) {
      throw new DomainError('not_found', 'sso_attempt.not_found', 'There is no such attempt, or no longer.');
    }
    const { checks, raw, attributes } = attempt.detail;
    const said = attributes.map(([name, values]): [string, string[]] => [name, [...values]]);
    const subject = attempt.subject ?? '';
    const person =
      said.length === 0 && subject === '' ? null : personOfClaims(connection, { subject, attributes: said });
    return {
      ...attemptView(attempt),
      ...{ checks: [...checks], raw, attributes: Object.fromEntries(said) },
      person: person === null ? null : shownPerson(person),
    };
  }
}

function shownPerson({
  email,
  name,
  department,
  groups,
  role,
  team,
}: FederatedPerson): AttemptDetail['person'] {
  return { email, name, department, groups: [...groups], role, team };
}
