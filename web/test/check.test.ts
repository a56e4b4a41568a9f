import { describe, expect, test } from 'vitest'
import {
  browserOf,
  judgeBrowser,
  judgeCapture,
  judgeClock,
  judgeMachine,
  judgePath,
  judgePaths,
  judgeServer,
  overall,
  pathOf,
  running
} from '../src/check/judge'

describe('browsers', () => {
  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36', 'Chrome', 109, 'good'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0.0.0 Safari/537.36', 'Chrome', 156, 'good'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/108.0.0.0 Safari/537.36 Edg/108.0', 'Edge', 108, 'bad'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:122.0) Gecko/20100101 Firefox/122.0', 'Firefox', 122, 'good'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/16.3 Safari/605.1.15', 'Safari', 16.3, 'bad'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/16.4 Safari/605.1.15', 'Safari', 16.4, 'good']
  ])('%s', (agent, name, version, mark) => {
    expect(browserOf(agent)).toEqual({ name, version })
    expect(judgeBrowser(agent).mark).toBe(mark)
  })

  test('others are not judged', () => expect(judgeBrowser('curl/8').mark).toBe('fair'))
})

test('addresses of the relay stand for ways', () => {
  const urls = ['stun:h:3478', 'turn:h:3478?transport=udp', 'turn:h:3478?transport=tcp', 'turns:h:443?transport=tcp', 'http://h']
  expect(urls.map(pathOf)).toEqual(['stun', 'udp', 'tcp', 'tls', null])
})

test('one way for the picture is enough, none is not', () => {
  const silent = judgePath('udp', { is: 'silent' })
  const answered = judgePath('tcp', { is: 'answered', ms: 5 })
  expect(judgePaths([silent, answered]).map((f) => f.mark)).toEqual(['fair', 'good'])
  expect(judgePaths([silent, { ...silent, about: 'tcp' }]).map((f) => f.mark)).toEqual(['bad', 'bad'])
  expect(judgePaths([silent, judgePath('tcp', { is: 'untold' })]).map((f) => f.mark)).toEqual(['fair', 'info'])
})

test('the worst finding counts, and nothing before all are known', () => {
  expect(overall([judgeServer(3), judgeClock(1)])).toBe('good')
  expect(overall([judgeServer(3), judgeClock(-500)])).toBe('fair')
  expect(overall([judgeServer(null), judgeClock(null)])).toBe('bad')
  expect(overall([judgeServer(null), running('socket')])).toBe('running')
})

test('policies and guests', () => {
  expect(judgeCapture(true, null).mark).toBe('good')
  expect(judgeCapture(true, false).mark).toBe('bad')
  expect(judgeMachine('ANGLE (VMware, SVGA3D)').words).toBe('check.machine.virtual')
  expect(judgeMachine('Apple M2').mark).toBe('good')
})
