import { Link } from '@tanstack/react-router';
import { ChevronRight, Eye, History, Rocket, Save, Users } from 'lucide-react';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ButtonLink } from '../design/button-link.js';
import { formatTime } from '../language/dates.js';
import { t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { type DraftEditor } from './use-draft.js';

interface EditorHeaderProps {
  readonly draft: DraftEditor;
  readonly onSave: () => void;
  readonly onPreview: () => void;
  readonly onPublish: () => void;
  /** The draft is being saved, to be published. */
  readonly isPublishing: boolean;
}

export function EditorHeader({ draft, onSave, onPreview, onPublish, isPublishing }: EditorHeaderProps) {
  const user = useUser();
  return (
    <header className="editor__header">
      <div className="editor__where">
        <nav aria-label={t('nav.breadcrumbs')}>
          <ol className="crumbs">
            <li>
              <Link to="/author">{t('nav.authoring')}</Link>
              <ChevronRight aria-hidden />
            </li>
          </ol>
        </nav>
        <h1 className="editor__title" tabIndex={-1}>
          {draft.content.title}
        </h1>
        <SaveState draft={draft} />
      </div>
      <div className="editor__actions">
        <ButtonLink
          look="quiet"
          icon={<History aria-hidden />}
          to="/author/$courseId/history"
          params={{ courseId: draft.courseId }}
        >
          {t('editor.history')}
        </ButtonLink>
        {may(user, 'enrolments.manage') && (
          <ButtonLink
            look="quiet"
            icon={<Users aria-hidden />}
            to="/author/$courseId/learners"
            params={{ courseId: draft.courseId }}
          >
            {t('editor.learners')}
          </ButtonLink>
        )}
        <Button look="quiet" icon={<Eye aria-hidden />} onPress={onPreview}>
          {t('editor.preview')}
        </Button>
        <Button
          look="secondary"
          icon={<Save aria-hidden />}
          onPress={onSave}
          isPending={draft.save.isPending}
          isDisabled={!draft.isDirty}
        >
          {t('editor.save')}
        </Button>
        {may(user, 'courses.publish') && (
          <Button icon={<Rocket aria-hidden />} onPress={onPublish} isPending={isPublishing}>
            {t('editor.publish')}
          </Button>
        )}
      </div>
    </header>
  );
}

function SaveState({ draft }: { readonly draft: DraftEditor }) {
  return (
    <p className="editor__state" role="status">
      {draft.save.isPending && <Badge>{t('editor.saving')}</Badge>}
      {!draft.save.isPending && draft.isDirty && <Badge tone="warn">{t('editor.unsaved')}</Badge>}
      {!draft.save.isPending && !draft.isDirty && (
        <Badge tone="good">
          {t('editor.savedAt', { time: formatTime(new Date(draft.saved.updatedAt)) })}
        </Badge>
      )}
    </p>
  );
}
