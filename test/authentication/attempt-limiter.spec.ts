import { describe, expect, it } from '@jest/globals';
import { networkOf } from '../../src/limits/network.js';

describe('the network a guess comes from', () => {
  it('is the address for IPv4, in its IPv6 clothes as well', () => {
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'));
  });

  it('is the first 64 bits of IPv6, however they are written', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:0DB8:0001:0002:ffff:ffff:ffff:ffff'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });

  it('is whatever was said when it is no address', () => {
    expect(networkOf('unknown')).toBe('unknown');
  });
});
