import { Button } from '../design/button.js';
import { CopyField } from '../design/copy-field.js';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';
import './apps.css';

interface ShownSecretProps {
  readonly clientId: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** Once, and nowhere else. */
export function ShownSecret({ clientId, secret, onClose }: ShownSecretProps) {
  return (
    <Dialog
      title={t('apps.once.title')}
      isOpen
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('apps.done')}</Button>}
    >
      <div className="apps__form">
        <p>{t('apps.once.text')}</p>
        <AppValue label={t('apps.clientId')} value={clientId} />
        <AppValue label={t('apps.secret')} value={secret} />
      </div>
    </Dialog>
  );
}

export function AppValue({ label, value }: { readonly label: string; readonly value: string }) {
  return <CopyField label={label} value={value} action={t('apps.copy')} done={t('apps.copied')} />;
}
