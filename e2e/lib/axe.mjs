// Accessibility of a page as it is now, by axe-core.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Sent to the browser as text: one sentence for each element that people with disabilities cannot use. */
async function judge() {
  const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
  const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  return bad.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary}`))
}

/** Serious and critical findings. @param {import('./chromium.mjs').ChromiumTab} tab @returns {Promise<string[]>} */
export async function findings(tab) {
  if (await tab.run(() => !('axe' in window))) await tab.page.evaluate(axe)
  return tab.run(judge)
}
