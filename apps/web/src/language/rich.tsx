import type { ReactElement } from 'react';
import { Trans } from 'react-i18next/TransWithoutContext';
import type { MessageKey } from './message-key.js';
import { i18n } from './speech.js';

interface RichProps {
  readonly message: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What stands for `<name>…</name>` in the message. */
  readonly parts: Readonly<Record<string, ReactElement>>;
}

/** A message with something set off in it: a link, a strong word. The values are text, whatever they look like. */
export function Rich({ message, values = {}, parts }: RichProps) {
  // As a plain text: a thousand keys are more than the types of the library can tell apart.
  const key: string = message;
  return (
    <Trans
      i18n={i18n}
      t={i18n.t}
      i18nKey={key}
      values={values}
      components={parts}
      tOptions={{ interpolation: { escapeValue: true } }}
      shouldUnescape
    />
  );
}
