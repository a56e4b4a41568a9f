import { describe, expect, test } from 'vitest'
import { canCapture } from '../src/rtc/capture'
import { byLibwebrtc, withStartBitrate } from '../src/rtc/sdp'
import { pathOf } from '../src/rtc/stats'

const answer = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102',
  'a=recvonly',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:102 H264/90000',
  'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=sctp-port:5000',
  ''
].join('\r\n')

describe('session descriptions', () => {
  test('the start bitrate goes to every codec, and to nothing else', () => {
    const lines = withStartBitrate(answer, 6000).split('\r\n')
    expect(lines).toContain('a=fmtp:96 x-google-start-bitrate=6000')
    expect(lines).toContain('a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;x-google-start-bitrate=6000')
    expect(lines).toContain('a=fmtp:97 apt=96')
    expect(lines.filter((l) => l.includes('x-google'))).toHaveLength(2)
    expect(lines.indexOf('a=fmtp:96 x-google-start-bitrate=6000')).toBe(lines.indexOf('a=rtpmap:96 VP8/90000') + 1)
    expect(lines).toHaveLength(answer.split('\r\n').length + 1)
  })

  test('knows who wrote a description', () => {
    expect(byLibwebrtc(answer)).toBe(true)
    expect(byLibwebrtc(answer.replace('o=-', 'o=mozilla...THIS_IS_SDPARTA-153'))).toBe(false)
  })
})

describe('path', () => {
  const pair = {
    id: 'P',
    type: 'candidate-pair',
    localCandidateId: 'L',
    remoteCandidateId: 'R',
    currentRoundTripTime: 0.0141,
    nominated: true,
    state: 'succeeded'
  }
  const transport = { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }
  const remote = { id: 'R', type: 'remote-candidate', candidateType: 'host' }
  const local = (candidateType: string, relayProtocol?: string) => ({
    id: 'L',
    type: 'local-candidate',
    candidateType,
    ...(relayProtocol ? { relayProtocol } : {})
  })
  const video = { id: 'V', type: 'inbound-rtp', kind: 'video', frameWidth: 1920, frameHeight: 1080 }

  test('direct, with round trip and size', () => {
    expect(pathOf([transport, pair, local('host'), remote, video])).toEqual({
      kind: 'direct',
      roundTrip: 14,
      width: 1920,
      height: 1080,
      flow: null,
      room: null
    })
  })

  test.each([
    ['udp', 'relay_udp'],
    ['tcp', 'relay_tcp'],
    ['tls', 'relay_tls']
  ])('relayed over %s', (protocol, kind) => {
    expect(pathOf([transport, pair, local('relay', protocol), remote])?.kind).toBe(kind)
  })

  test('finds the pair where the transport does not name it', () => {
    expect(pathOf([{ ...pair, selected: true }, local('host'), remote])?.kind).toBe('direct')
    expect(pathOf([pair, local('srflx'), remote])?.kind).toBe('direct')
  })

  test('nothing while no way is chosen', () => {
    expect(pathOf([{ ...pair, nominated: false }, local('host'), remote])).toBeNull()
  })
})

describe('capture', () => {
  const desktop = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/156'
  const getDisplayMedia = async () => ({}) as MediaStream

  test('phones, tablets and old browsers are told so', () => {
    expect(canCapture({ userAgent: desktop, mediaDevices: { getDisplayMedia } })).toBe(true)
    expect(canCapture({ userAgent: desktop, mediaDevices: {} })).toBe(false)
    expect(canCapture({ userAgent: desktop })).toBe(false)
    expect(
      canCapture({ userAgent: 'Mozilla/5.0 (Linux; Android 15) Chrome/156 Mobile', mediaDevices: { getDisplayMedia } })
    ).toBe(false)
  })
})
