import type { Command } from 'commander';
import type { IdOf, ListId, ManagementApi, Member } from '../management-api.js';
import type { Column } from '../table.js';
import type { Terminal } from '../terminal.js';

/** A resource of the management API, from which its commands are made (`commands.ts`). */
export interface Resource {
  readonly noun: string;
  readonly alias?: string;
  /** What it does by which operation of the API; `show` where the API shows a single one. */
  readonly operations: {
    readonly list: ListId;
    readonly show?: IdOf<'get'>;
    readonly create?: IdOf<'post'>;
    readonly update?: IdOf<'patch'>;
    readonly delete?: IdOf<'delete'>;
  };
  /** It belongs to the platform and not to a tenant. */
  readonly ofPlatform?: boolean;
  /** One of them, as a sentence names it: `client`. */
  readonly one: string;
  readonly summary: string;
  /** What a person names one by: `client_id`. */
  readonly argument: string;
  /** The member of an answer that holds it. */
  readonly idMember: string;
  /** Finds the id where people know another name, such as a user name. */
  readonly findId?: (api: ManagementApi, tenant: string, given: string) => Promise<string>;
  readonly list: {
    readonly summary: string;
    readonly columns: readonly Column[];
    /** Said of an empty list; default: there are no `noun`. */
    readonly none?: string;
    readonly filters?: readonly Option[];
    /** How many are shown unless it is said; default: all. */
    readonly limit?: number;
  };
  readonly create?: Creation;
  readonly update?: readonly Option[];
  readonly switches?: readonly Switch[];
  readonly deletion?: Deletion;
  /** Commands that only this resource has. */
  readonly more?: (noun: Command, tools: Tools) => void;
}

/** A named option that sets a member of the body, or a filter of the query. */
export interface Option {
  readonly flags: string;
  readonly description: string;
  /** The member, with dots between the names of nested ones. */
  readonly member: string;
  /** Default: the text as it is. */
  readonly read?: (text: string, before: unknown) => unknown;
}

export interface Creation {
  readonly summary: string;
  /** A positional argument that sets a member. */
  readonly argument?: { readonly name: string; readonly member: string };
  readonly options: readonly Option[];
  /** What is added before it is sent, such as a password that was made. */
  readonly complete?: (body: Member, api: ManagementApi, tenant: string) => Promise<Member>;
}

/** A command that sets a state, such as `suspend`. */
export interface Switch {
  readonly verb: string;
  readonly alias?: string;
  readonly summary: string;
  readonly body: Member;
  /** "… is suspended." */
  readonly done: string;
}

export interface Deletion {
  readonly verb?: string;
  readonly alias?: string;
  readonly summary: string;
  /** What is lost, for the question. */
  readonly consequence: string;
}

/** What commands of their own need. */
export interface Tools {
  readonly terminal: Terminal;
  /** The API as whoever the options or the session say. */
  readonly api: (options: CommonOptions) => Promise<ManagementApi>;
  /** The options that every command has. */
  readonly common: (command: Command) => Command;
  /** Shows an answer as it is with `--json`, else as sentences; and its warnings. */
  readonly answer: (options: CommonOptions, answer: Member, sentences: () => string) => void;
  /** @throws UsageError unless the person agrees, or agreed by `--yes` */
  readonly confirm: (options: CommonOptions, question: string) => Promise<void>;
}

export interface CommonOptions {
  readonly url?: string;
  readonly secret?: string;
  readonly profile?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
}
