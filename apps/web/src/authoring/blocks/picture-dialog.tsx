import { type Editor } from '@tiptap/react';
import { type SubmitEvent, useEffect, useId, useState } from 'react';
import type { MediaSource } from '#libs/contracts/courses';
import { Button } from '../../design/button.js';
import { Dialog } from '../../design/dialog.js';
import { TextField } from '../../design/field.js';
import { t } from '../../language/t.js';
import { SourceField } from '../source-field.js';
import { refusalText } from '../upload/refusal-text.js';
import { useUpload } from '../upload/use-upload.js';

interface PictureDialogProps {
  readonly editor: Editor;
  /** Pasted or dropped into the text. */
  readonly file: File | null;
  readonly onClose: () => void;
}

const MEDIA = /^media:([0-9a-f-]{36})$/;

/** A picture and what it shows, for those who do not see it. */
export function PictureDialog({ editor, file, onClose }: PictureDialogProps) {
  const form = useId();
  const chosen = editor.isActive('image') ? editor.getAttributes('image') : {};
  const [source, setSource] = useState<MediaSource | null>(() => sourceOf(chosen['src']));
  const [alt, setAlt] = useState(typeof chosen['alt'] === 'string' ? chosen['alt'] : '');
  const [tried, setTried] = useState(false);
  const upload = useUpload(({ id }) => {
    setSource({ kind: 'media', mediaId: id });
  });
  const { begin } = upload;
  useEffect(() => {
    if (file !== null) begin(file);
    // Once, for the file that the dialog was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [file]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (source === null) return;
    const src = source.kind === 'media' ? `media:${source.mediaId}` : source.url;
    editor.chain().focus().setImage({ src, alt: alt.trim() }).run();
    onClose();
  };
  return (
    <Dialog
      title={t('blocks.picture')}
      isOpen
      onClose={onClose}
      actions={
        <Button type="submit" form={form} isDisabled={upload.isBusy}>
          {t('blocks.apply')}
        </Button>
      }
    >
      <form id={form} className="form" onSubmit={submit} noValidate>
        <SourceField
          label={t('blocks.pictureFile')}
          accept={['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml']}
          value={source}
          onChange={setSource}
        />
        {upload.state?.step === 'refused' && (
          <p className="field__error" role="alert">
            {refusalText(upload.state.problem)}
          </p>
        )}
        {tried && source === null && (
          <p className="field__error" role="alert">
            {t('blocks.pictureMissing')}
          </p>
        )}
        <TextField
          label={t('blocks.alt')}
          description={t('blocks.altHint')}
          value={alt}
          onChange={setAlt}
          maxLength={500}
        />
      </form>
    </Dialog>
  );
}

function sourceOf(src: unknown): MediaSource | null {
  if (typeof src !== 'string') return null;
  const mediaId = MEDIA.exec(src)?.[1];
  return mediaId === undefined ? { kind: 'link', url: src } : { kind: 'media', mediaId };
}
