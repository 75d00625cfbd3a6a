import { type ReactNode, useId } from 'react';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';

interface FormDialogProps {
  readonly title: string;
  /** What the button that sends it says. */
  readonly submit: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A few fields that are sent together; what is wrong with them stands above. */
export function FormDialog({
  title,
  submit,
  isPending,
  error,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const form = useId();
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" form={form} isPending={isPending}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <FormProblem error={error} />
        {children}
      </form>
    </Dialog>
  );
}
