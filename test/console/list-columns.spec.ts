import { describe, expect, it } from '@jest/globals';
import { columnsInAddress, shownColumns } from '../../console/src/kit/list-columns.js';

const COLUMNS = [{ id: 'name', isPrimary: true }, { id: 'email' }, { id: 'created' }];

describe('The columns of a list in its address', () => {
  it.each([
    ['without words', null, ['name', 'email', 'created']],
    ['as named', 'name,created', ['name', 'created']],
    ['in the order of the list', 'created,email,name', ['name', 'email', 'created']],
    ['with what rows are known by', 'email', ['name', 'email']],
    ['without what the list does not have', 'name,password', ['name']],
    ['when the address is of another list', 'alg,kid', ['name', 'email', 'created']],
    ['when it is empty', '', ['name', 'email', 'created']],
  ])('are shown %s', (_, address, shown) => {
    expect(shownColumns(address, COLUMNS)).toEqual(shown);
  });

  it.each([
    ['nothing when all are shown', ['email', 'created', 'name'], undefined],
    ['those that are shown', ['created'], 'name,created'],
    ['what rows are known by, when nothing else is', [], 'name'],
  ])('are written as %s', (_, shown, address) => {
    expect(columnsInAddress(shown, COLUMNS)).toBe(address);
    expect(shownColumns(address ?? null, COLUMNS)).toEqual(['name', ...shown.filter((id) => id !== 'name')]);
  });
});
