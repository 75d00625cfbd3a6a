import { type Editor } from '@tiptap/react';
import { type SubmitEvent, useId, useState } from 'react';
import { Button } from '../../design/button.js';
import { Dialog } from '../../design/dialog.js';
import { TextField } from '../../design/field.js';
import { t } from '../../language/t.js';
import { isAllowedAddress } from './block-extensions.js';

interface LinkDialogProps {
  readonly editor: Editor;
  readonly onClose: () => void;
}

export function LinkDialog({ editor, onClose }: LinkDialogProps) {
  const form = useId();
  const current: unknown = editor.getAttributes('link')['href'];
  const { from, to, empty } = editor.state.selection;
  const [address, setAddress] = useState(typeof current === 'string' ? current : '');
  const [words, setWords] = useState(empty ? '' : editor.state.doc.textBetween(from, to, ' '));
  const [tried, setTried] = useState(false);
  const needsWords = empty && typeof current !== 'string';
  const href = withScheme(address.trim());
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isAllowedAddress(href)) return;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (needsWords) {
      const text = words.trim() === '' ? href : words.trim();
      chain.insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    onClose();
  };
  return (
    <Dialog
      title={t('markdown.link')}
      isOpen
      onClose={onClose}
      size="s"
      actions={
        <>
          {typeof current === 'string' && (
            <Button
              look="secondary"
              onPress={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run();
                onClose();
              }}
            >
              {t('blocks.removeLink')}
            </Button>
          )}
          <Button type="submit" form={form}>
            {t('blocks.apply')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <TextField
          label={t('source.link')}
          value={address}
          onChange={setAddress}
          inputMode="url"
          placeholder={t('source.linkHint')}
          autoFocus
          error={tried && !isAllowedAddress(href) ? t('source.noAddress') : null}
        />
        {needsWords && <TextField label={t('blocks.linkWords')} value={words} onChange={setWords} />}
      </form>
    </Dialog>
  );
}

/** People type example.org; a scheme that could run something is left as it is, to be refused. */
function withScheme(address: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(address) || address === '' ? address : `https://${address}`;
}
