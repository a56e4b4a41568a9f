// A moving picture made here, in place of a shared screen.

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
