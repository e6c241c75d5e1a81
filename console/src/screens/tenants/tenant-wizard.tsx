import { Button, Radio, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '../../api/api-problem.js';
import { asCommand } from '../../api/command-text.js';
import type { BodyOf } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { CodeBlock } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { errorsByField } from '../../kit/form-values.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useSession } from '../../shell/session.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { Readiness } from './readiness.js';
import { type Draft, slugOf, useDraft } from './wizard-draft.js';
import { wizardTexts } from './wizard-texts.js';

const STEPS = ['template', 'name', 'admin'] as const;
type Step = (typeof STEPS)[number];
const FIELDS = ['policy_template', 'display_name', 'slug', 'admin.email', 'admin.name', 'admin.locale'];
const STEP_OF: Readonly<Record<string, Step>> = { policy_template: 'template', display_name: 'name', slug: 'name' };
const MAIL_LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const;

/** Makes a tenant: its rules, its name, its first administrator. The step is in the address, so that Back is a step back. */
export function TenantWizard() {
  const t = useTexts(wizardTexts);
  const [url, setUrl] = useUrlState();
  const [draft, change] = useDraft();
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const create = useWrite('createTenant');
  const step = STEPS.find((one) => one === url.get('step')) ?? 'template';
  const at = STEPS.indexOf(step);
  const made = url.get('made');
  if (made !== null) return <Made slug={made} draft={draft} />;
  const goTo = (next: Step) => setUrl({ step: next });
  const send = async () => {
    setErrors({});
    try {
      const { body } = await create.mutateAsync({ body: bodyOf(draft), idempotencyKey: draft.key });
      setUrl({ step: undefined, made: body.slug }, true);
    } catch (error) {
      const { byField } = errorsByField(error instanceof ApiProblem ? error.errors : [], FIELDS);
      setErrors(byField);
      // Another body under the same key would be refused.
      change({ key: `${draft.key.slice(0, 16)}${String(Date.now())}` });
      const first = FIELDS.find((name) => byField[name] !== undefined);
      if (first !== undefined) goTo(STEP_OF[first] ?? 'admin');
    }
  };
  const isLast = at === STEPS.length - 1;
  const isComplete = step !== 'name' || (draft.display_name.trim() !== '' && draft.slug !== '');
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} crumbs={[{ label: t('tenants'), to: '/tenants' }]} />
      <Panel title={t(step)} lead={t('step', { step: at + 1 })}>
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const next = STEPS[at + 1];
            if (next === undefined) void send();
            else if (isComplete) goTo(next);
          }}
        >
          {create.error && Object.keys(errors).length === 0 && <ProblemNotice error={create.error} />}
          {step === 'template' && <TemplateStep draft={draft} change={change} errors={errors} />}
          {step === 'name' && <NameStep draft={draft} change={change} errors={errors} />}
          {step === 'admin' && <AdminStep draft={draft} change={change} errors={errors} />}
          <div className="form-actions">
            <ActionButton
              type="submit"
              need={['operator', 'tenants:write']}
              loading={create.isPending}
              disabled={!isComplete}
            >
              {t(isLast ? 'create' : 'next')}
            </ActionButton>
            {at > 0 && (
              <Button variant="default" onClick={() => goTo(STEPS[at - 1] ?? 'template')}>
                {t('back')}
              </Button>
            )}
          </div>
        </form>
      </Panel>
    </>
  );
}

interface StepProps {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly errors: Readonly<Record<string, string>>;
}

function TemplateStep({ draft, change, errors }: StepProps) {
  const t = useTexts(wizardTexts);
  const templates = useRead('listPolicyTemplates', {});
  return (
    <Radio.Group
      label={t('template_lead')}
      value={draft.policy_template}
      error={errors['policy_template']}
      onChange={(value) => change({ policy_template: value })}
    >
      <div className="stack choices">
        <Radio value="" label={t('template_none')} description={t('template_none_text')} />
        {templates.data?.body.data.map(({ name }) => (
          <Radio key={name} value={name} label={name} />
        ))}
      </div>
    </Radio.Group>
  );
}

function NameStep({ draft, change, errors }: StepProps) {
  const t = useTexts(wizardTexts);
  const { public_url } = useSession();
  return (
    <>
      <TextInput
        label={t('display_name')}
        description={t('display_name_help')}
        error={errors['display_name']}
        required
        autoComplete="off"
        value={draft.display_name}
        onChange={({ currentTarget: { value } }) => {
          // A slug that somebody typed stays.
          const isOwn = draft.slug !== slugOf(draft.display_name);
          change({ display_name: value, ...(!isOwn && { slug: slugOf(value) }) });
        }}
      />
      <TextInput
        label={t('slug')}
        description={t('slug_help')}
        error={errors['slug']}
        required
        autoComplete="off"
        spellCheck={false}
        value={draft.slug}
        onChange={({ currentTarget: { value } }) => change({ slug: value.trim() })}
      />
      {draft.slug !== '' && (
        <p className="soft">
          {t('address')}: <code>{`${public_url}/t/${draft.slug}`}</code>
        </p>
      )}
    </>
  );
}

function AdminStep({ draft, change, errors }: StepProps) {
  const t = useTexts(wizardTexts);
  const languages = MAIL_LANGUAGES.map((value) => ({
    value: value,
    label: new Intl.DisplayNames(value, { type: 'language' }).of(value) ?? value,
  }));
  return (
    <>
      <p>{t('admin_lead')}</p>
      <TextInput
        type="email"
        label={t('email')}
        error={errors['admin.email']}
        autoComplete="off"
        value={draft.email}
        onChange={({ currentTarget: { value } }) => change({ email: value })}
      />
      <TextInput
        label={t('admin_name')}
        error={errors['admin.name']}
        autoComplete="off"
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <Select
        label={t('locale')}
        error={errors['admin.locale']}
        value={draft.locale}
        data={[{ value: '', label: t('locale_default') }, ...languages]}
        onChange={(value) => change({ locale: value ?? '' })}
      />
    </>
  );
}

function Made({ slug, draft }: { readonly slug: string; readonly draft: Draft }) {
  const t = useTexts(wizardTexts);
  const { data } = useRead('getTenant', { path: { tenant: slug } });
  const invite = draft.email === '' ? [] : ['--invite', draft.email];
  return (
    <>
      <PageHead
        title={t('done', { name: data?.body.display_name ?? slug })}
        lead={`${t('done_lead')} ${draft.email === '' ? '' : t('invited', { email: draft.email })}`}
        crumbs={[{ label: t('tenants'), to: '/tenants' }]}
        actions={<ActionButton to={`/tenants/${encodeURIComponent(slug)}`}>{t('open')}</ActionButton>}
      />
      <div className="page-body">
        {data && <Readiness tenant={data.body} />}
        {draft.display_name !== '' && (
          <Panel title={t('as_code')}>
            <CodeBlock
              what={t('as_code')}
              text={asCommand(['tenants', 'create', slug, '--name', draft.display_name, ...invite])}
            />
          </Panel>
        )}
      </div>
    </>
  );
}

function bodyOf({ policy_template, display_name, slug, email, name, locale }: Draft): BodyOf<'createTenant'> {
  return {
    slug,
    display_name: display_name.trim(),
    ...(policy_template !== '' && { policy_template }),
    ...(email.trim() !== '' && {
      admin: {
        email: email.trim(),
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(locale !== '' && { locale: locale as (typeof MAIL_LANGUAGES)[number] }),
      },
    }),
  };
}
