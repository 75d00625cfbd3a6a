import { type ReactNode } from 'react';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';

interface ConfirmDialogProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly confirm: string;
  readonly isPending: boolean;
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** What will happen, and what cannot be taken back. */
  readonly children: ReactNode;
}

/** Asks once more before something is taken away. */
export function ConfirmDialog({
  title,
  confirm,
  isPending,
  error = null,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog
      title={title}
      isOpen
      role="alertdialog"
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button look="danger" isPending={isPending} onPress={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <FormProblem error={error} />
      {children}
    </Dialog>
  );
}
