import { describe, expect, it } from '@jest/globals';
import { parseInvitees } from './invitees.js';

describe(parseInvitees.name, () => {
  it.each([
    ['a@acme.example', [['a@acme.example', null]]],
    ['Jo Mason <jo@acme.example>', [['jo@acme.example', 'Jo Mason']]],
    ['"Mason, Jo" <jo@acme.example>', [['jo@acme.example', 'Mason  Jo']]],
    ['Jo Mason\tjo@acme.example', [['jo@acme.example', 'Jo Mason']]],
    [
      'a@acme.example, b@acme.example',
      [
        ['a@acme.example', null],
        ['b@acme.example', null],
      ],
    ],
    [
      'a@acme.example; B@ACME.example\n\na@acme.example',
      [
        ['a@acme.example', null],
        ['b@acme.example', null],
      ],
    ],
  ])('reads %p', (text, expected) => {
    const { people, wrong } = parseInvitees(text);
    expect(people.map(({ email, name }) => [email, name])).toEqual(expected);
    expect(wrong).toEqual([]);
  });

  it('tells what it cannot read', () => {
    expect(parseInvitees('Jo Mason\na@acme.example').wrong).toEqual(['Jo Mason']);
  });
});
