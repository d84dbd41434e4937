import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from './address.ts'

describe('a public address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.215.14',
    '160.79.104.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is one', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.0', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.88.99.1', '192.168.0.1', '198.18.0.1'],
    ...['198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ])('CI04 %s is none', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each([
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1'],
    ...[
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '3fff::1',
      '5f00::1',
      'fc00::1',
      'fdff::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
    ],
  ])('CI03 %s is none', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each(['', 'localhost', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '8.8.8.8.8', '8.8.8', ' 8.8.8.8'])(
    'CI02 %j is no address at all',
    (text) => expect(isPublicAddress(text)).toBe(false),
  )
})

describe('a loopback address', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1'])('%s is one', (address) => expect(isLoopbackAddress(address)).toBe(true))
  it.each(['127.evil.example', '128.0.0.1', '::2', '10.127.0.1', '::ffff:127.0.0.1'])('%s is none', (address) =>
    expect(isLoopbackAddress(address)).toBe(false),
  )
})
