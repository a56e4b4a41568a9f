// The two things we change or read in session descriptions (RFC 8866, RFC 8829).

/** Formats that repair or wrap others and take no bitrate of their own. */
const helpers = new Set(['rtx', 'red', 'ulpfec', 'flexfec-03'])

/**
 * Sets x-google-start-bitrate on every video codec of an answer: where the line's
 * speed estimate starts, in kbit/s. The browsers' own start of 300 kbit/s paces the
 * first key frame of a screen over many hundred milliseconds; too much of it fills the
 * queues of a thin line for many seconds. Only libwebrtc reads it; it is never sent to
 * the other side, the answer is ours alone here.
 */
export function withStartBitrate(answer: string, kbps: number): string {
  const sdp = answer.replace(/;x-google-start-bitrate=\d+|^a=fmtp:\d+ x-google-start-bitrate=\d+\r?\n/gm, '')
  const [head, ...media] = sdp.split(/^(?=m=)/m)
  return (head ?? '') + media.map((m) => (m.startsWith('m=video') ? faster(m, kbps) : m)).join('')
}

function faster(section: string, kbps: number): string {
  const parameter = `x-google-start-bitrate=${kbps}`
  const formats = [...section.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)\//gm)].filter((m) => !helpers.has((m[2] ?? '').toLowerCase()))
  return formats.reduce((s, [line, format]) => {
    const fmtp = new RegExp(`^a=fmtp:${format} .*$`, 'm')
    if (fmtp.test(s)) return s.replace(fmtp, (old) => `${old.trimEnd()};${parameter}${old.endsWith('\r') ? '\r' : ''}`)
    return s.replace(
      new RegExp(`^${line}[^\\r\\n]*(\\r?\\n)`, 'm'),
      (old, eol: string) => `${old}a=fmtp:${format} ${parameter}${eol}`
    )
  }, section)
}

/** Whether a description was made by libwebrtc: Firefox names itself in the origin line. */
export function byLibwebrtc(sdp: string): boolean {
  return !/^o=mozilla/m.test(sdp)
}
