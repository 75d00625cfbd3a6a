import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { SelectField } from '../design/field.js';
import { languageName } from '../language/language-name.js';
import { t } from '../language/t.js';
import { type CatalogueFilter, isNarrowed, lengths, states } from './catalogue-filter.js';
import { facetsQuery } from './catalogue.queries.js';

interface CatalogueFiltersProps {
  readonly filter: CatalogueFilter;
  readonly onChange: (filter: CatalogueFilter) => void;
}

const lengthNames = {
  short: 'catalogue.short',
  medium: 'catalogue.medium',
  long: 'catalogue.long',
} as const;
const stateNames = {
  new: 'catalogue.new',
  current: 'catalogue.current',
  completed: 'catalogue.completed',
} as const;

/** One select each; what the facets do not name cannot be chosen. */
export function CatalogueFilters({ filter, onChange }: CatalogueFiltersProps) {
  const { data: facets = { tags: [], languages: [] } } = useQuery(facetsQuery(useApi()));
  const set = (name: keyof CatalogueFilter, value: string): void => {
    const rest = Object.entries(filter).filter(([other]) => other !== name);
    onChange(Object.fromEntries(value === '' ? rest : [...rest, [name, value]]));
  };
  const withChosen = (values: readonly string[], chosen: string | undefined): readonly string[] =>
    chosen === undefined || values.includes(chosen) ? values : [...values, chosen];
  return (
    <div className="catalogue__filters">
      <SelectField
        label={t('catalogue.topic')}
        value={filter.tag ?? ''}
        onChange={(value) => {
          set('tag', value);
        }}
        options={[
          { value: '', label: t('catalogue.allTopics') },
          ...withChosen(
            facets.tags.map(({ value }) => value),
            filter.tag,
          ).map((value) => ({ value, label: value })),
        ]}
      />
      <SelectField
        label={t('course.language')}
        value={filter.language ?? ''}
        onChange={(value) => {
          set('language', value);
        }}
        options={[
          { value: '', label: t('catalogue.allLanguages') },
          ...withChosen(
            facets.languages.map(({ value }) => value),
            filter.language,
          ).map((value) => ({ value, label: languageName(value) })),
        ]}
      />
      <SelectField
        label={t('course.duration')}
        value={filter.length ?? ''}
        onChange={(value) => {
          set('length', value);
        }}
        options={[
          { value: '', label: t('catalogue.allLengths') },
          ...lengths.map((value) => ({ value, label: t(lengthNames[value]) })),
        ]}
      />
      <SelectField
        label={t('catalogue.state')}
        value={filter.state ?? ''}
        onChange={(value) => {
          set('state', value);
        }}
        options={[
          { value: '', label: t('catalogue.allStates') },
          ...states.map((value) => ({ value, label: t(stateNames[value]) })),
        ]}
      />
      {isNarrowed(filter) && (
        <Button
          look="quiet"
          icon={<X aria-hidden />}
          onPress={() => {
            onChange({});
          }}
        >
          {t('catalogue.clear')}
        </Button>
      )}
    </div>
  );
}
