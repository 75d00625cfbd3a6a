import type { CourseModule } from '#libs/contracts/courses';
import { TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { type Edit, editModule, moveModule } from './draft-edits.js';
import { PartTools } from './part-tools.js';

interface ModuleFormProps {
  readonly module: CourseModule;
  readonly onEdit: (edit: Edit) => void;
  readonly onRemove: () => void;
}

export function ModuleForm({ module, onEdit, onRemove }: ModuleFormProps) {
  return (
    <div className="part-form">
      <div className="part-form__header">
        <h2 className="part-form__title">{t('editor.module')}</h2>
        <PartTools
          onMove={(direction) => {
            onEdit(moveModule(module.id, direction));
          }}
          onRemove={onRemove}
        />
      </div>
      <TextField
        label={t('editor.moduleTitle')}
        value={module.title}
        onChange={(title) => {
          onEdit(editModule(module.id, (own) => ({ ...own, title })));
        }}
        maxLength={200}
        autoFocus={module.title === ''}
        isRequired
      />
      <p className="field__description">{t('editor.moduleHint')}</p>
    </div>
  );
}
