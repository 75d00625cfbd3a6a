import { describe, expect, it } from '@jest/globals';
import { parseEnrolmentCsv } from './enrolment-csv.js';

const parse = (text: string) => parseEnrolmentCsv(Buffer.from(text));
const refusal = (bytes: string | Buffer) => {
  try {
    return parseEnrolmentCsv(Buffer.from(bytes));
  } catch (error) {
    return error;
  }
};

describe(parseEnrolmentCsv, () => {
  it('reads addresses and due dates; a day means its end', () => {
    expect(
      parse('email,due_at\nA@b.example,2026-03-31\nc@d.example,2026-03-31T10:00:00Z\ne@f.example,\n'),
    ).toEqual([
      { line: 2, email: 'a@b.example', dueAt: new Date('2026-03-31T23:59:59Z'), fault: null },
      { line: 3, email: 'c@d.example', dueAt: new Date('2026-03-31T10:00:00Z'), fault: null },
      { line: 4, email: 'e@f.example', dueAt: null, fault: null },
    ]);
  });

  it('takes what spreadsheets write: byte order mark, semicolons, CRLF, quotes, empty lines', () => {
    const rows = parse('\uFEFFEmail;Due_at\r\n"a@b.example";2026-03-31\r\n\r\nc@d.example;\r\n');
    expect(rows.map(({ email, line }) => [email, line])).toEqual([
      ['a@b.example', 2],
      ['c@d.example', 4],
    ]);
  });

  it.each([
    ['email\nnobody\n', 2, 1],
    ['due_at,email\n2026-02-30,a@b.example\n', 2, 1],
    ['email,due_at\na@b.example,soon\n', 2, 2],
    ['email,due_at\na@b.example\n', 2, 2],
    ['email\na@b.example,too much\n', 2, 2],
  ])('points at the fault of a row in %j', (text, line, column) => {
    expect(parse(text)).toMatchObject([{ line, fault: { column } }]);
  });

  it.each([
    ['name\nx\n', 1, 1],
    ['email,team\na@b.example,x\n', 1, 2],
    ['', 1, 1],
    ['email\n"a@b.example\n', 2, 1],
    [Buffer.from('email\nok@b.example\n\xe9@b.example\n', 'latin1'), 3, 1],
  ])('refuses a file that it cannot read, naming the place: %j', (bytes, line, column) => {
    expect(refusal(bytes)).toMatchObject({ code: 'csv.invalid', details: { line, column } });
  });
});
