import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, CircleAlert } from 'lucide-react';
import { useId } from 'react';
import {
  brandAssetTypes,
  contrast,
  formatRatio,
  MAX_BRAND_ASSET_BYTES,
  unreadablePairs,
  type BrandAsset,
  type BrandingView,
  type changeBranding,
  type removeBrandAsset,
  type showBranding,
  type uploadBrandAsset,
} from '#libs/contracts/tenants';
import { type ApiAnswer, type ApiClient } from '../api/api-client.js';
import { useApi } from '../api/api-context.js';
import { isProblem } from '../api/problem.js';
import { usePageTitle } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { FileField } from '../design/file-field.js';
import { PageHeading } from '../design/page-heading.js';
import { Section } from '../design/section.js';
import { Skeleton } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { useSavedForm } from '../forms/saved-form.js';
import { Answer } from '../shell/answer.js';
import { Forbidden } from '../shell/problem-page.js';
import { BrandPreview } from './brand-preview.js';
import './branding.css';

const PATH = '/api/v1/organization/branding';
const HEX = /^#[0-9a-f]{6}$/i;

const brandingQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: ['branding'],
    queryFn: ({ signal }) => api.send<typeof showBranding>('GET', PATH, { signal }),
  });

export function BrandingPage() {
  usePageTitle(t('admin.branding'));
  const branding = useQuery({ ...brandingQuery(useApi()), refetchOnWindowFocus: false });
  if (!may(useUser(), 'tenant.manage')) return <Forbidden />;
  return (
    <>
      <PageHeading title={t('admin.branding')}>{t('branding.lead')}</PageHeading>
      <Answer of={branding} skeleton={<Skeleton className="skeleton--list" />}>
        {(answer) => <Branding answer={answer} />}
      </Answer>
    </>
  );
}

type Form = Pick<BrandingView, 'name' | 'primaryColor' | 'secondaryColor'>;
const formOf = ({ name, primaryColor, secondaryColor }: BrandingView): Form => ({
  ...{ name, primaryColor, secondaryColor },
});

function Branding({ answer }: { readonly answer: ApiAnswer<BrandingView> }) {
  const api = useApi();
  const queries = useQueryClient();
  const { form, saved, isDirty, isPending, error, set, save, notices } = useSavedForm({
    ...{ name: 'branding', answer, formOf, saved: t('branding.saved') },
    write: async (body: Form, ifMatch) => {
      const written = await api.send<typeof changeBranding>('PATCH', PATH, { body, ifMatch });
      queries.setQueryData(brandingQuery(api).queryKey, written);
      return written;
    },
    reload: async () => queries.query({ ...brandingQuery(api), staleTime: 0 }),
  });
  const isWritten = HEX.test(form.primaryColor) && HEX.test(form.secondaryColor);
  const isReadable = isWritten && unreadablePairs(form).length === 0;
  const errors = fieldErrors(error);
  return (
    <div className="branding">
      <div className="branding__edit">
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isReadable && form.name.trim() !== '') save();
          }}
        >
          {notices}
          <TextField
            label={t('settings.name')}
            value={form.name}
            onChange={(name) => {
              set({ name });
            }}
            isRequired
            maxLength={200}
            error={form.name.trim() === '' ? t('field.nameMissing') : errors['name']}
          />
          <ColorField
            label={t('branding.primary')}
            description={t('branding.primaryHint')}
            color="primaryColor"
            form={form}
            onChange={set}
          />
          <ColorField
            label={t('branding.secondary')}
            description={t('branding.secondaryHint')}
            color="secondaryColor"
            form={form}
            onChange={set}
          />
          <p>
            <Button
              type="submit"
              isPending={isPending}
              isDisabled={!isDirty || !isReadable || form.name.trim() === ''}
            >
              {t('action.save')}
            </Button>
          </p>
        </form>
        <Picture asset="logo" url={answer.data.logoUrl} />
        <Picture asset="favicon" url={answer.data.faviconUrl} />
      </div>
      <BrandPreview
        name={form.name}
        logoUrl={answer.data.logoUrl}
        primaryColor={HEX.test(form.primaryColor) ? form.primaryColor : saved.primaryColor}
        secondaryColor={HEX.test(form.secondaryColor) ? form.secondaryColor : saved.secondaryColor}
      />
    </div>
  );
}

interface ColorFieldProps {
  readonly label: string;
  readonly description: string;
  readonly color: 'primaryColor' | 'secondaryColor';
  readonly form: Form;
  readonly onChange: (part: Partial<Form>) => void;
}

/** A colour by its number or by the picker, with its contrast to white while it is chosen: the server's own rule. */
function ColorField({ label, description, color, form, onChange }: ColorFieldProps) {
  const id = useId();
  const value = form[color];
  const isWritten = HEX.test(value);
  const fault = isWritten
    ? unreadablePairs({ primaryColor: value, secondaryColor: '#000000' })[0]
    : undefined;
  return (
    <div className="color-field">
      <TextField
        label={label}
        description={description}
        value={value}
        onChange={(next) => {
          onChange({ [color]: next.trim().toLowerCase() });
        }}
        maxLength={7}
        mono
        error={isWritten ? undefined : t('branding.notAColor')}
        tools={
          <input
            id={id}
            className="color-field__picker"
            type="color"
            aria-label={t('branding.pick', { name: label })}
            value={isWritten ? value : '#000000'}
            onChange={(event) => {
              onChange({ [color]: event.target.value });
            }}
          />
        }
      />
      {isWritten && (
        <p
          className={fault === undefined ? 'contrast contrast--good' : 'contrast contrast--bad'}
          role="status"
        >
          {fault === undefined ? <Check aria-hidden /> : <CircleAlert aria-hidden />}
          <span>
            {t(fault === undefined ? 'branding.readable' : 'branding.unreadable', {
              ratio: formatRatio(contrast('#ffffff', value)),
            })}
          </span>
          {fault !== undefined && (
            <Button
              look="secondary"
              size="s"
              onPress={() => {
                onChange({ [color]: fault.suggestion });
              }}
            >
              {t('branding.useDarker', { color: fault.suggestion })}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function Picture({ asset, url }: { readonly asset: BrandAsset; readonly url: string | null }) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const refresh = () => queries.invalidateQueries({ queryKey: brandingQuery(api).queryKey });
  const put = (file: Blob) =>
    api.send<typeof uploadBrandAsset>('PUT', '/api/v1/organization/branding/:asset', {
      params: { asset },
      file,
    });
  /** What was there before comes back: its bytes were kept. */
  const undo = (before: Blob | null) => ({
    label: t('action.undo'),
    run: () => {
      const back =
        before === null
          ? api.send<typeof removeBrandAsset>('DELETE', '/api/v1/organization/branding/:asset', {
              params: { asset },
            })
          : put(before);
      back.then(refresh, () => {
        toasts.show(t('problem.unknown.title'), 'bad');
      });
    },
  });
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const before = url === null ? null : await (await fetch(url)).blob();
      await put(file);
      return before;
    },
    onSuccess: (before) => {
      toasts.show(t('branding.pictureSaved'), 'good', undo(before));
    },
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: async () => {
      const before = url === null ? null : await (await fetch(url)).blob();
      await api.send<typeof removeBrandAsset>('DELETE', '/api/v1/organization/branding/:asset', {
        params: { asset },
      });
      return before;
    },
    onSuccess: (before) => {
      toasts.show(t('branding.pictureRemoved'), 'good', undo(before));
    },
    onError: () => {
      toasts.show(t('problem.unknown.title'), 'bad');
    },
    onSettled: refresh,
  });
  return (
    <Section
      title={t(`branding.${asset}`)}
      lead={t(`branding.${asset}Lead`)}
      actions={
        url !== null && (
          <>
            <span className="brand-picture">
              <img src={url} alt={t(`branding.${asset}`)} />
            </span>
            <Button
              look="quiet"
              size="s"
              isPending={remove.isPending}
              aria-label={t('branding.removeOf', { name: t(`branding.${asset}`) })}
              onPress={() => {
                remove.mutate();
              }}
            >
              {t('branding.remove')}
            </Button>
          </>
        )
      }
    >
      <FileField
        label={t('branding.upload', { name: t(`branding.${asset}`) })}
        description={t('branding.uploadHint')}
        accept={brandAssetTypes}
        maxBytes={MAX_BRAND_ASSET_BYTES}
        onFile={(file) => {
          upload.mutate(file);
        }}
        upload={upload.isPending ? { name: upload.variables.name, progress: 0.5 } : null}
        error={
          upload.error === null
            ? null
            : isProblem(upload.error) && upload.error.status < 500
              ? upload.error.detail
              : t('problem.unknown.text')
        }
      />
    </Section>
  );
}
