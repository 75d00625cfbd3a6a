import type { AllConfig } from './all.config.js';
import type { DemoSignIns } from './demo.js';

/** The line that scripts wait for, and the table that people read. */
export function readyText(url: string, { HARKA_BASE_DOMAIN }: AllConfig, demo?: DemoSignIns): string {
  const port = new URL(url).port;
  const at = (host: string) => `http://${host}${port === '' || port === '80' ? '' : `:${port}`}`;
  const lines = [`harka ready ${at(HARKA_BASE_DOMAIN)}`];
  if (demo !== undefined) {
    lines.push(
      '',
      ...tableOf(demo, (label) => at(`${label}.${HARKA_BASE_DOMAIN}`)),
      '',
      `  Every password: ${demo.password}`,
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}

function tableOf({ operator, accounts }: DemoSignIns, at: (label: string) => string): string[] {
  const rows = [
    ...accounts.map(({ slug, emails }) => [at(slug), emails.join('  ')]),
    [at('admin'), operator],
  ];
  const width = Math.max(...rows.map(([address = '']) => address.length));
  return rows.map(([address = '', people = '']) => `  ${address.padEnd(width)}   ${people}`);
}
