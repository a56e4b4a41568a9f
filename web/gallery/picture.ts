// A moving picture made here, in place of a shared screen.
import { Inker } from '../src/rtc/ink'
import { Paper } from '../src/rtc/paper'

let stream: MediaStream | null = null

export function testPicture(): MediaStream {
  if (stream) return stream
  const canvas = document.createElement('canvas')
  canvas.width = 1920
  canvas.height = 1080
  const c = canvas.getContext('2d')
  if (!c) throw new Error('no canvas')
  setInterval(() => {
    c.fillStyle = '#eef2f7'
    c.fillRect(0, 0, 1920, 1080)
    c.fillStyle = '#ffffff'
    c.fillRect(160, 120, 1600, 840)
    c.fillStyle = '#223'
    c.font = '36px sans-serif'
    for (let i = 0; i < 12; i++)
      c.fillText(`Row ${i + 1} of the quarterly report, ${new Date().toLocaleTimeString('en')}`, 200, 190 + i * 62)
  }, 100)
  stream = canvas.captureStream(10)
  return stream
}

/** A page of small text that has come in strips; the last third is still on its way. */
export function testPaper(): Paper {
  const [width, height] = [960, 640]
  const g = new OffscreenCanvas(width, height).getContext('2d')
  if (!g) throw new Error('no canvas')
  g.fillStyle = '#ffffff'
  g.fillRect(0, 0, width, height)
  g.fillStyle = '#111111'
  g.font = '11px sans-serif'
  for (let i = 0; i < 30; i++)
    g.fillText(`${i + 1}. The service desk checks the travel report before lunch. 昨日の午後に確認しました。`, 18, 28 + i * 20)
  const frame = new Uint32Array(g.getImageData(0, 0, width, height).data.buffer)
  const [there, paper] = [new Inker(width, height), new Paper(width, height)]
  for (let row = 0; row < there.rows; row++) {
    const message = new Uint8Array(2 + 8192)
    new DataView(message.buffer).setUint16(0, row)
    message.set(there.write(frame, row, 8192) ?? [], 2)
    paper.took(message.buffer)
  }
  paper.expect([26, 27, 28, 29, 30, 31, 32, 33, 34, 35])
  return paper
}
