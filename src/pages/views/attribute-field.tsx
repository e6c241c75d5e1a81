import type { MessageSet } from '../../language/messages.js';
import type { AttributeFieldView, Labels } from '../attribute-content.js';

interface FieldProps {
  readonly field: AttributeFieldView;
  readonly messages: MessageSet;
}

interface InputProps extends FieldProps {
  readonly id: string;
  readonly describedBy: string | undefined;
}

/** A labelled field for an attribute that the tenant defined, with what is wrong with it below. */
export function AttributeField({ field, messages }: FieldProps) {
  const id = idOf(field);
  const hint = hintOf(field, messages);
  const describedBy = hint === undefined ? undefined : `${id}-hint`;
  const label = labelOf(field, messages);
  const shown = field.isRequired ? label : messages.text('signUp.optional', { label });
  const explanation = hint !== undefined && (
    <p class={field.fault === undefined ? 'small soft' : 'small fault'} id={describedBy}>
      {hint}
    </p>
  );
  if (field.kind === 'string_list' && field.choices) {
    return (
      <fieldset class="field ticks" id={id} aria-describedby={describedBy}>
        <legend>{shown}</legend>
        <Ticks field={field} messages={messages} id={id} describedBy={describedBy} />
        {explanation}
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label for={id}>{shown}</label>
      <Input field={field} messages={messages} id={id} describedBy={describedBy} />
      {explanation}
    </div>
  );
}

/** The value as people read it; undefined: there is none. */
export function attributeText({ value, choices = [], kind }: AttributeFieldView, messages: MessageSet) {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'boolean') return messages.text(value ? 'attributes.yes' : 'attributes.no');
  if (typeof value === 'number') return new Intl.NumberFormat(messages.locale).format(value);
  const nameOf = (text: string) => {
    const choice = choices.find((one) => one.value === text);
    return choice ? (labelIn(choice.labels, messages) ?? text) : text;
  };
  if (typeof value === 'string') return nameOf(value);
  return kind === 'string_list' && value.length > 0 ? messages.list(value.map(nameOf)) : undefined;
}

export function labelOf({ labels, fallback }: AttributeFieldView, messages: MessageSet): string {
  return labelIn(labels, messages) ?? fallback;
}

function Input({ field, messages, id, describedBy }: InputProps) {
  const { name, kind, value, choices, maxLength, isRequired, fault } = field;
  const common = {
    id,
    name,
    autocomplete: 'off',
    required: isRequired,
    'aria-describedby': describedBy,
    'aria-invalid': fault === undefined ? undefined : true,
  } as const;
  if (kind === 'boolean' || choices) {
    const options =
      kind === 'boolean'
        ? (['true', 'false'] as const).map((one) => ({
            value: one,
            label: messages.text(one === 'true' ? 'attributes.yes' : 'attributes.no'),
          }))
        : (choices ?? []).map((one) => ({ value: one.value, label: labelIn(one.labels, messages) ?? one.value }));
    return (
      <select {...common}>
        <option value="" selected={value === undefined}>
          {messages.text('attributes.choose')}
        </option>
        {options.map((one) => (
          <option value={one.value} selected={String(value) === one.value}>
            {one.label}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'string_list') {
    return (
      <textarea {...common} dir="auto" rows={3}>
        {Array.isArray(value) ? value.join('\n') : ''}
      </textarea>
    );
  }
  const text = value === undefined ? '' : String(value);
  if (kind === 'number') return <input {...common} value={text} type="text" inputMode="decimal" dir="ltr" />;
  return <input {...common} value={text} maxLength={maxLength} type="text" dir="auto" />;
}

/** Nothing says in HTML that one of several boxes has to be ticked, so the answer to the form does. */
function Ticks({ field, messages, id, describedBy }: InputProps) {
  const { name, choices = [], value, fault } = field;
  const ticked: readonly unknown[] = Array.isArray(value) ? value : [];
  return choices.map((choice, index) => (
    <div class="tick">
      <input
        id={`${id}-${index}`}
        name={`${name}/${index}`}
        type="checkbox"
        value={choice.value}
        checked={ticked.includes(choice.value)}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={describedBy}
      />
      <label for={`${id}-${index}`}>{labelIn(choice.labels, messages) ?? choice.value}</label>
    </div>
  ));
}

function hintOf({ fault, kind, choices }: AttributeFieldView, messages: MessageSet): string | undefined {
  if (fault !== undefined) return messages.text(`profile.fault.${fault}`);
  return kind === 'string_list' && !choices ? messages.text('attributes.lines') : undefined;
}

function idOf({ name }: AttributeFieldView): string {
  return name.replaceAll('/', '-');
}

/** In the language of the page, or in English, or in the first that there is. */
function labelIn(labels: Labels, { locale }: MessageSet): string | undefined {
  const tags = Object.keys(labels);
  const found =
    tags.find((tag) => tag === locale) ??
    tags.find((tag) => tag.split('-')[0] === locale) ??
    (tags.includes('en') ? 'en' : tags[0]);
  return found === undefined ? undefined : labels[found];
}
