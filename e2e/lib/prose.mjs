// Pages of text that nobody has seen before, in English and Japanese: sentences put
// together by a seed, so that two pages have hardly a line in common.
import { random } from './impair.mjs'

/** @typedef {'en' | 'ja'} Language */

const english = {
  who: ['The service desk', 'Our accounting team', 'Every new colleague', 'The night shift', 'A visitor from Osaka', 'The head of sales', 'Somebody upstairs', 'The second printer'],
  does: ['checks', 'forgot', 'has renamed', 'is looking for', 'will replace', 'cannot open', 'sent back', 'keeps asking about'],
  what: ['the travel report', 'a list of 48 invoices', 'the shared calendar', 'an old price table', 'the safety notice', 'seven empty folders', 'the warehouse plan', 'a letter without date'],
  when: ['before lunch', 'on Thursday at 16:30', 'since the last update', 'as soon as possible', 'twice in October', 'without telling anybody', 'in room 205', 'for the third time']
}

const japanese = {
  who: ['総務部の担当者は', '新しい社員は', '大阪の支店では', '経理の田中さんが', '営業の部長は', '二階の会議室で', '夜間の受付は', '開発の仲間が'],
  when: ['昨日の午後に', '三月の初めに', '毎週木曜日に', '更新の後で', '急いで', '電話の前に', '念のため', '今年も'],
  what: ['出張の報告書を', '古い価格表を', '共有の予定表を', '倉庫の地図を', '安全の案内を', '四十八枚の請求書を', '印刷の設定を', '会議の資料を'],
  does: ['確認しました。', '探しています。', '開けません。', '送り返しました。', '書き直します。', '印刷できません。', '保存しました。', '忘れていました。']
}

/** Lines on a page, and how long they are at least, in characters. */
const lines = 30
const long = { en: 95, ja: 46 }

/** @param {Language} language @param {number} seed */
export function pageOfText(language, seed) {
  const chance = random(seed)
  const one = (list) => list[Math.floor(chance() * list.length)]
  const sentence = () => {
    if (language === 'ja') return one(japanese.who) + one(japanese.when) + one(japanese.what) + one(japanese.does)
    return `${one(english.who)} ${one(english.does)} ${one(english.what)} ${one(english.when)}.`
  }
  const line = () => {
    let text = sentence()
    while (text.length < long[language]) text += (language === 'ja' ? '' : ' ') + sentence()
    return text
  }
  return Array.from({ length: lines }, line).join('\n')
}
