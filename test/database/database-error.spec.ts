import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError, TypeORMError } from 'typeorm';
import { connect } from 'node:net';
import {
  DatabaseUnavailableError,
  isTooManyConnections,
  isUnavailable,
  spoilsConnection,
} from '../../src/database/database-error.js';

const withCode = (code: string, message = 'said so') => Object.assign(new Error(message), { code });

describe('an error of the database', () => {
  it.each([
    ...['08006', '08P01', '57P01', '57P02', '57P03', '57P05', '25P03', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'].map(
      (code) => [code, withCode(code)] as const,
    ),
    ['a client that was ended', new Error('Client was closed and is not queryable')],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    ['an answer that did not come', new Error('Query read timeout')],
    ['a connection that did not come', new Error('timeout exceeded when trying to connect')],
    ['a pool that ends', new Error('Cannot use a pool after calling end on the pool')],
    ['TypeORM without its connection', new QueryRunnerAlreadyReleasedError()],
    ['a manager of TypeORM without its connection', new QueryRunnerProviderAlreadyReleasedError()],
    ['TypeORM without its pool', new TypeORMError('Driver not Connected')],
    ['no connection', new DatabaseUnavailableError('none')],
    ['a wrapped one', new Error('query failed', { cause: withCode('ECONNRESET') })],
    ['several addresses', Object.assign(new Error(''), { errors: [withCode('EHOSTUNREACH'), withCode('ETIMEDOUT')] })],
  ])('that lost its connection is temporary: %s', (_, error) => {
    expect([isUnavailable(error), spoilsConnection(error)]).toEqual([true, true]);
  });

  it.each(['53100', '53200', '53300', '55P03', '57014', '40001', '40P01', '25006', '58030'])(
    'that had no means or no time is temporary, and its connection is sound: %s',
    (code) => {
      expect([isUnavailable(withCode(code)), spoilsConnection(withCode(code))]).toEqual([true, false]);
    },
  );

  it.each(['26000', '42P05'])('that shows a statement prepared elsewhere costs the connection: %s', (code) => {
    expect([isUnavailable(withCode(code)), spoilsConnection(withCode(code))]).toEqual([true, true]);
  });

  it.each(['23505', '23503', '42501', '42P01', '22P02', '42601', '0A000', 'XX000'])(
    'that is a mistake is not temporary: %s',
    (code) => {
      expect([isUnavailable(withCode(code)), spoilsConnection(withCode(code))]).toEqual([false, false]);
    },
  );

  it('of the system is known although it is of another realm', async () => {
    const refused = await new Promise((resolve) => connect(1, '127.0.0.1').once('error', resolve));
    expect(isUnavailable(refused)).toBe(true);
  });

  it('is told from one of no connection being free', () => {
    expect(isTooManyConnections(new DatabaseUnavailableError('', { cause: withCode('53300') }))).toBe(true);
    expect(isTooManyConnections(withCode('57P03'))).toBe(false);
  });

  it.each([undefined, null, 'text', new Error('anything'), {}])('is none: %p', (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
