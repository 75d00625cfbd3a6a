import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';

interface LeaveDialogProps {
  readonly isSaving: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
  readonly onSave: () => void;
}

export function LeaveDialog({ isSaving, onStay, onLeave, onSave }: LeaveDialogProps) {
  return (
    <Dialog
      title={t('editor.leave.title')}
      isOpen
      onClose={onStay}
      role="alertdialog"
      size="s"
      actions={
        <>
          <Button look="quiet" onPress={onLeave}>
            {t('editor.leave.leave')}
          </Button>
          <Button onPress={onSave} isPending={isSaving}>
            {t('editor.leave.save')}
          </Button>
        </>
      }
    >
      <p>{t('editor.leave.text')}</p>
    </Dialog>
  );
}
