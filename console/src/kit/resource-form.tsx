import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { type Answer, useApi } from '../api/api.js';
import { ApiProblem } from '../api/api-problem.js';
import type { AnswerOf, OperationId } from '../api/operation.js';
import type { LooseRequest } from '../api/request.js';
import { readAnew } from '../api/query-client.js';
import { useNotices } from '../shell/notices.js';
import { type Need, usePermission } from '../shell/permission.js';
import { useSharedTexts } from '../texts/texts.js';
import { ActionButton } from './action-button.js';
import { CodeCopy } from './code-copy.js';
import { DirtyGuard } from './dirty-guard.js';
import { type Field, FormField } from './form-field.js';
import { type FormValues, createBody, errorsByField, isSame, merge, patchBody, valuesOf } from './form-values.js';
import { type MergeCase, MergeDialog } from './merge-dialog.js';
import { ProblemNotice } from './problem-notice.js';

export interface ResourceFormProps<Id extends OperationId> {
  /** POST and PUT send what is filled in, PATCH what was changed. */
  readonly operation: Id;
  readonly request?: LooseRequest;
  readonly fields: readonly Field[];
  /** What the fields start with: the object, or the defaults of a new one. */
  readonly initial: object;
  /** The version of `initial`, for a change. */
  readonly etag?: string | undefined;
  /** Reads the object again, for when somebody else has changed it. */
  readonly latest?: () => Promise<Answer<object>>;
  readonly need?: Need;
  readonly submitLabel?: string;
  /** What is sent, when it is not the fields as they are. */
  readonly toBody?: (body: Readonly<Record<string, unknown>>, values: FormValues) => unknown;
  /** What the fields show of an answer, when they are not its members as they are. */
  readonly fromAnswer?: (body: AnswerOf<Id>) => object;
  /** The same as a command: `asCommand(['tenants', 'update', slug], body)`. */
  readonly cli?: (request: LooseRequest) => string;
  readonly onSaved?: (body: AnswerOf<Id>) => void;
  readonly onCancel?: () => void;
  readonly children?: (values: FormValues) => ReactNode;
}

/** Fields of an object of the API, with its problems at their fields. */
export function ResourceForm<Id extends OperationId>(props: ResourceFormProps<Id>) {
  const { operation, request = {}, fields, initial, etag, latest, need, toBody, cli, onSaved, onCancel } = props;
  const t = useSharedTexts();
  const api = useApi();
  const queries = useQueryClient();
  const { notify } = useNotices();
  const { allowed } = usePermission()(need);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const names = fields.map(({ name }) => name);
  const isChange = etag !== undefined;
  const [base, setBase] = useState({ values: valuesOf(initial, names), etag });
  const [values, setValues] = useState(base.values);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<Error>();
  const [conflict, setConflict] = useState<MergeCase>();
  const [isBusy, setBusy] = useState(false);
  const changed = names.filter((name) => !isSame(base.values[name], values[name]));
  const unsaved = useRef(0);
  unsaved.current = changed.length;

  // Somebody else saved, or this form did: without changes of one's own there is nothing to merge.
  useEffect(() => {
    if (etag === base.etag || unsaved.current > 0) return;
    const fresh = valuesOf(initial, names);
    setBase({ values: fresh, etag });
    setValues(fresh);
  }, [etag]);

  const requestFor = (sent: FormValues, from: typeof base): LooseRequest => {
    const body = isChange ? patchBody(from.values, sent) : createBody(sent);
    return { ...request, body: toBody ? toBody(body, sent) : body, ...(isChange && { ifMatch: from.etag ?? '*' }) };
  };
  const send = async (sent: FormValues, from: typeof base) => {
    setBusy(true);
    setErrors({});
    setFailure(undefined);
    try {
      const answer = await api.callAny(operation, requestFor(sent, from));
      unsaved.current = 0;
      const shown = props.fromAnswer?.(answer.body as AnswerOf<Id>) ?? answer.body;
      const fresh = isChange ? valuesOf(shown, names) : sent;
      setBase({ values: fresh, etag: answer.etag });
      setValues(fresh);
      notify(t('form.saved'));
      await readAnew(queries);
      onSaved?.(answer.body as AnswerOf<Id>);
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412 && latest) await startMerge(sent, from, latest);
      else refuse(error as Error);
    } finally {
      setBusy(false);
    }
  };
  const startMerge = async (mine: FormValues, from: typeof base, reread: NonNullable<typeof latest>) => {
    try {
      const { body, etag: newest } = await reread();
      const theirs = valuesOf(body, names);
      setConflict({ ...merge(from.values, mine, theirs), base: from.values, mine, theirs, etag: newest });
    } catch (error) {
      refuse(error as Error);
    }
  };
  const refuse = (error: Error) => {
    const { byField } = errorsByField(error instanceof ApiProblem ? error.errors : [], names);
    setErrors(byField);
    setFailure(error);
    focusFirst(Object.keys(byField));
  };
  const submit = () => {
    const missing = fields.filter(
      ({ name, isRequired, when }) => isRequired && isSame(values[name], null) && (when?.(values) ?? true),
    );
    if (missing.length > 0) {
      setErrors(Object.fromEntries(missing.map(({ name }) => [name, t('form.required')])));
      focusFirst(missing.map(({ name }) => name));
      return;
    }
    void send(values, base);
  };
  const focusFirst = (wrong: readonly string[]) => {
    const first = names.find((name) => wrong.includes(name));
    if (first !== undefined) setTimeout(() => document.getElementById(`${id}${first}`)?.focus());
  };
  const rest = failure instanceof ApiProblem ? errorsByField(failure.errors, names).rest : [];
  const isShown = failure && !(failure instanceof ApiProblem && failure.errors.length > 0 && rest.length === 0);

  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isShown && (
        <ProblemNotice
          error={failure}
          onRetry={failure instanceof ApiProblem && !failure.isPassing ? undefined : submit}
        />
      )}
      {Object.keys(errors).length > 0 && !isShown && (
        <p className="visually-hidden" role="alert">
          {t('form.errors', { count: Object.keys(errors).length })}
        </p>
      )}
      <fieldset className="form-fields" disabled={!allowed}>
        {fields
          .filter(({ when }) => when?.(values) ?? true)
          .map((field) => (
            <FormField
              key={field.name}
              field={field}
              id={`${id}${field.name}`}
              value={values[field.name]}
              error={errors[field.name]}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        {props.children?.(values)}
      </fieldset>
      <div className="form-actions">
        <ActionButton
          type="submit"
          need={need}
          loading={isBusy}
          because={isChange && changed.length === 0 ? t('form.no_changes') : undefined}
        >
          {props.submitLabel ?? t(isChange ? 'action.save' : 'action.create')}
        </ActionButton>
        {isChange && changed.length > 0 && (
          <Button variant="default" onClick={() => setValues(base.values)}>
            {t('action.discard')}
          </Button>
        )}
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
        <CodeCopy operation={operation} request={() => requestFor(values, base)} cli={cli} />
        {isChange && changed.length > 0 && <span className="soft">{t('form.unsaved', { count: changed.length })}</span>}
      </div>
      <DirtyGuard count={unsaved} />
      {conflict && (
        <MergeDialog
          merge={conflict}
          labelOf={(name) => fields.find((field) => field.name === name)?.label ?? name}
          onClose={() => setConflict(undefined)}
          onMerged={(merged) => {
            const from = { values: conflict.theirs, etag: conflict.etag };
            setConflict(undefined);
            setBase(from);
            setValues(merged);
            void send(merged, from);
          }}
        />
      )}
    </form>
  );
}
