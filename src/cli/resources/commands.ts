import { type Command, Option as CommandOption } from 'commander';
import { UsageError } from '../installation.js';
import type { BodyOf, OperationId } from '../../management-client/management-client.js';
import { OPERATIONS } from '../../management-client/operations.generated.js';
import type { ManagementApi, Member } from '../management-api.js';
import { pairs, tableOf } from '../table.js';
import { changeAny } from './change.js';
import { type Assignment, toAssignment, toJsonObject, toList, toNumber, withMember } from './options.js';
import type { CommonOptions, Option, Resource, Switch, Tools } from './resource.js';

type Given = CommonOptions & Readonly<Record<string, unknown>>;

/** All commands of a resource. It is one of a tenant, unless it says that it is one of the platform. */
export function addResource(program: Command, resource: Resource, tools: Tools): Command {
  const noun = program.command(resource.noun).description(resource.summary);
  if (resource.alias !== undefined) noun.alias(resource.alias);
  const commands = new ResourceCommands(noun, resource, tools);
  commands.addList();
  if (resource.operations.show) commands.addShow(resource.operations.show);
  if (resource.create) commands.addCreate(resource.create);
  if (resource.update) commands.addUpdate(resource.update);
  for (const one of resource.switches ?? []) commands.addSwitch(one);
  if (resource.deletion) commands.addDelete(resource.deletion);
  resource.more?.(noun, tools);
  return noun;
}

/** Which one is meant, and how a sentence names it. */
interface Target {
  readonly path: Readonly<Record<string, string>>;
  readonly name: string;
  readonly missing: string;
}

class ResourceCommands {
  constructor(
    private readonly noun: Command,
    private readonly resource: Resource,
    private readonly tools: Tools,
  ) {}

  addList(): void {
    const { list } = this.resource;
    const command = this.command('list', list.summary, [...this.tenantArgument()]);
    addOptions(command, list.filters ?? []);
    command.option(
      '--limit <number>',
      `how many at most (default: ${list.limit === undefined ? 'all' : list.limit})`,
      toNumber,
    );
    command.action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const api = await this.tools.api(options);
      const query = bodyOf(list.filters ?? [], options) as Record<string, string>;
      const limit = typeof options['limit'] === 'number' ? options['limit'] : list.limit;
      const items = await api.listAny(this.operations.list, { ...this.collection(names), query }, limit);
      this.tools.answer(options, { data: items }, () => this.listOf(items));
    });
  }

  addShow(show: OperationId): void {
    this.command('show', `show one ${this.resource.one}`, this.oneArgument()).action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const api = await this.tools.api(options);
      const target = await this.target(api, names);
      const { body, etag } = await api.perform(show, target);
      this.tools.answer(options, body, () => pairs({ ...body, ...(etag !== undefined && { etag }) }));
    });
  }

  addCreate(creation: NonNullable<Resource['create']>): void {
    const { argument } = creation;
    const command = this.command('create', creation.summary, [
      ...this.tenantArgument(),
      ...(argument ? [argument.name] : []),
    ]);
    addBody(command, creation.options);
    command.action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const given = bodyOf(creation.options, options);
      const named = argument ? { ...given, [argument.member]: names.at(-1) } : given;
      const api = await this.tools.api(options);
      const body = (await creation.complete?.(named, api, names[0] ?? '')) ?? named;
      const { body: made } = await api.perform(idOf(this.resource, 'create'), { ...this.collection(names), body });
      // Sent but not in the answer: what was made here and is not shown again.
      const shown = { ...made, ...(typeof body['password'] === 'string' && { password: body['password'] }) };
      const name = this.nameOf(String(made[this.resource.idMember]), names);
      this.tools.answer(options, shown, () => `The ${name} was made.\n${pairs(withoutEmpty(shown))}`);
    });
  }

  addUpdate(members: readonly Option[]): void {
    const command = this.command('update', `change members of one ${this.resource.one}`, this.oneArgument());
    addBody(command, members);
    addChange(command);
    command.action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const body = changesOf(members, options);
      if (Object.keys(body).length === 0) throw new UsageError('Nothing to change was given; see --help.');
      const api = await this.tools.api(options);
      const target = await this.target(api, names);
      const ids = { read: idOf(this.resource, 'show'), write: idOf(this.resource, 'update') };
      const { body: changed } = await changeAny(
        api,
        { ...ids, ...target },
        body,
        options['ifMatch'] as string | undefined,
      );
      const lines = Object.fromEntries(Object.keys(body).map((name) => [name, changed[name] ?? null]));
      this.tools.answer(options, changed, () => `The ${target.name} was changed.\n${pairs(lines)}`);
    });
  }

  addSwitch({ verb, alias, summary, body, done }: Switch): void {
    const command = this.command(verb, summary, this.oneArgument());
    if (alias !== undefined) command.alias(alias);
    command.action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const api = await this.tools.api(options);
      const target = await this.target(api, names);
      const { body: changed } = await api.perform(idOf(this.resource, 'update'), { ...target, body });
      this.tools.answer(options, changed, () => `The ${target.name} ${done}`);
    });
  }

  addDelete({ verb = 'delete', alias, summary, consequence }: NonNullable<Resource['deletion']>): void {
    const command = this.command(verb, summary, this.oneArgument()).option('--yes', 'do not ask');
    if (alias !== undefined) command.alias(alias);
    command.action(async (...args: unknown[]) => {
      const { names, options } = read(args);
      const api = await this.tools.api(options);
      const target = await this.target(api, names);
      if (this.operations.show) await api.perform(this.operations.show, target);
      await this.tools.confirm(options, `The ${target.name} will be gone. ${consequence}`);
      await api.perform(idOf(this.resource, 'delete'), target);
      this.tools.answer(options, {}, () => `The ${target.name} is gone.`);
    });
  }

  private command(verb: string, summary: string, args: readonly string[]): Command {
    const command = this.noun.command(verb).description(summary);
    for (const argument of args) command.argument(argument);
    return this.tools.common(command);
  }

  private get inTenant(): boolean {
    return this.resource.ofPlatform !== true;
  }

  private tenantArgument(): string[] {
    return this.inTenant ? ['<tenant>'] : [];
  }

  private oneArgument(): string[] {
    return [...this.tenantArgument(), `<${this.resource.argument}>`];
  }

  private get operations(): Resource['operations'] {
    return this.resource.operations;
  }

  private collection([tenant = '']: readonly string[]): { path: Readonly<Record<string, string>>; missing: string } {
    if (!this.inTenant) return { path: {}, missing: this.resource.noun };
    return { path: { tenant }, missing: `tenant ${tenant}` };
  }

  private async target(api: ManagementApi, names: readonly string[]): Promise<Target> {
    const given = names.at(-1) ?? '';
    const { path } = this.collection(names);
    const id = (await this.resource.findId?.(api, names[0] ?? '', given)) ?? given;
    const name = this.nameOf(given, names);
    const hint = this.inTenant
      ? `; "npx tenantry ${this.resource.noun} list ${names[0]}" shows what there is`
      : `; "npx tenantry ${this.resource.noun} list" shows what there is`;
    return { path: { ...path, [parameterOf(this.resource)]: id }, name, missing: `${name}${hint}` };
  }

  private nameOf(id: string, [tenant = '']: readonly string[]): string {
    return this.inTenant ? `${this.resource.one} ${id} of tenant ${tenant}` : `${this.resource.one} ${id}`;
  }

  private listOf(items: readonly Member[]): string {
    const { noun, list } = this.resource;
    if (items.length === 0) return list.none ?? `There are no ${noun === 'audit-events' ? 'audit events' : noun}.`;
    return tableOf(list.columns, items);
  }
}

/** @throws Error for a resource that has the command without the operation */
function idOf<Verb extends keyof Resource['operations']>({ noun, operations }: Resource, verb: Verb) {
  const id = operations[verb];
  if (id === undefined) throw new Error(`The resource ${noun} names no operation for ${verb}.`);
  return id;
}

/** The part of the address that names one, such as `user_id`. */
function parameterOf({ noun, operations }: Resource): string {
  const id = operations.show ?? operations.update ?? operations.delete;
  const [, parameter] = (id && /\{(\w+)\}$/.exec(OPERATIONS[id].path)) ?? [];
  if (parameter === undefined) throw new Error(`No operation of ${noun} is about a single one.`);
  return parameter;
}

export function addOptions(command: Command, options: readonly Option[]): void {
  for (const { flags, description, read: parse } of options) {
    const option = new CommandOption(flags, description);
    if (parse) option.argParser(parse);
    command.addOption(option);
  }
}

/** The named members, and every other one by its name. */
function addBody(command: Command, options: readonly Option[]): void {
  addOptions(command, options);
  command.option(
    '--set <member=value...>',
    'any member by its name in the API; the value is JSON or text',
    toAssignment,
  );
  command.option('--metadata <json>', 'members as a JSON object', toJsonObject);
}

/** What every change may say beside the members. */
export function addChange(command: Command): void {
  command
    .option('--unset <member...>', 'members that go back to their default', toList)
    .option('--if-match <etag>', 'change this version only, as "show" names it');
}

/** What options say of members, with those that go back to their default. */
export function changesOf(options: readonly Option[], given: Given): Member {
  const unset = (given['unset'] ?? []) as string[];
  return unset.reduce((all, member) => withMember(all, { member, value: null }), bodyOf(options, given));
}

/** The same as the body of an operation. Which members there are, is for the platform to say. */
export function bodyFor<Id extends OperationId>(_: Id, members: Member): BodyOf<Id> {
  return members as BodyOf<Id>;
}

/** What options say of members. */
function bodyOf(options: readonly Option[], given: Given): Member {
  const named = options.flatMap(({ flags, member }): Assignment[] => {
    const value = given[new CommandOption(flags).attributeName()];
    return value === undefined ? [] : [{ member, value }];
  });
  const assignments = [...named, ...((given['set'] ?? []) as Assignment[])];
  return assignments.reduce<Member>(withMember, (given['metadata'] ?? {}) as Member);
}

/** Commander hands over the arguments, then the options, then the command. */
function read(args: readonly unknown[]): { names: string[]; options: Given } {
  return { names: args.slice(0, -2) as string[], options: args.at(-2) as Given };
}

function withoutEmpty(member: Member): Member {
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(member).filter(([name, value]) => !isEmpty(value) && name !== 'warnings'));
}
