// A DNS server for one story: TXT records that the story sets, and nothing else.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** @param {number} port on loopback */
export async function serveDNS(port) {
  /** @type {Map<string, string>} name → text */
  const texts = new Map()
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => socket.send(answer(question, texts), from.port, from.address))
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  return { texts, close: () => /** @type {Promise<void>} */ (new Promise((done) => socket.close(done))) }
}

/** The answer to a question (RFC 1035 section 4.1). @param {Buffer} question @param {Map<string, string>} texts */
function answer(question, texts) {
  const labels = []
  let at = 12
  for (; question[at] !== 0; at += 1 + question[at]) labels.push(question.toString('latin1', at + 1, at + 1 + question[at]))
  const asked = question.subarray(12, at + 5) // name, type, class
  const text = texts.get(labels.join('.'))
  const head = Buffer.from(question.subarray(0, 12))
  head.writeUInt16BE(text === undefined ? 0x8583 : 0x8580, 2) // an answer, authoritative, recursion available; 3: no such name
  head.writeUInt16BE(text === undefined ? 0 : 1, 6)
  head.writeUInt32BE(0, 8)
  if (text === undefined) return Buffer.concat([head, asked])
  const record = Buffer.alloc(13)
  record.writeUInt16BE(0xc00c, 0) // the name of the question
  record.writeUInt16BE(16, 2) // TXT
  record.writeUInt16BE(1, 4)
  record.writeUInt16BE(text.length + 1, 10)
  record[12] = text.length
  return Buffer.concat([head, asked, record, Buffer.from(text, 'latin1')])
}
