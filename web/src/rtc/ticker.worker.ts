// Ticks. A hidden page's own timers are slowed down to seconds; a worker's are not.
const timers = new Map<number, ReturnType<typeof setInterval>>()

addEventListener('message', (e: MessageEvent<{ id: number; ms: number }>) => {
  const { id, ms } = e.data
  clearInterval(timers.get(id))
  timers.delete(id)
  if (ms > 0)
    timers.set(
      id,
      setInterval(() => postMessage(id), ms)
    )
})
