import { useLocale } from 'react-aria-components/I18nProvider';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';
import './shortcuts-dialog.css';

interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly letters: boolean;
  readonly onLetters: (on: boolean) => void;
}

export function ShortcutsDialog({ isOpen, onClose, letters, onLetters }: ShortcutsDialogProps) {
  const mirrored = useLocale().direction === 'rtl';
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t('player.next'), [mirrored ? '←' : '→', ...(letters ? ['J'] : [])]],
    [t('player.previous'), [mirrored ? '→' : '←', ...(letters ? ['K'] : [])]],
    ...(letters
      ? ([
          [t('player.toggleOutline'), ['O']],
          [t('player.thisHelp'), ['?']],
        ] as const)
      : []),
  ];
  return (
    <Dialog title={t('player.shortcuts')} isOpen={isOpen} onClose={onClose} size="s">
      <dl className="shortcuts">
        {rows.map(([name, keys]) => (
          <div key={name} className="shortcuts__row">
            <dt>{name}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <SwitchField isSelected={letters} onChange={onLetters}>
        <SwitchButton className="switch">
          <span className="switch__track" aria-hidden="true" />
          {t('player.letters')}
        </SwitchButton>
      </SwitchField>
    </Dialog>
  );
}
