import { describe, expect, it } from 'vitest'
import { csvText, jsonText } from '../../src/admin/kit/file'
import { type AskPage, allRows } from '../../src/admin/kit/pages'

describe('a file of a list', () => {
  it('keeps spreadsheets from taking text for formulas', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a=b', '', ' =1']
    expect(csvText([cells])).toBe(`'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx",a=b,," =1"\r\n`)
  })

  it('keeps commas, quotes and lines within their cell', () => {
    expect(csvText([['a,b', 'say "so"', 'two\nlines', 7]])).toBe('"a,b","say ""so""","two\nlines",7\r\n')
  })

  it('holds every script as it is', () => {
    expect(csvText([['佐藤 はるか', 'عمر']])).toBe('佐藤 はるか,عمر\r\n')
    expect(JSON.parse(jsonText([{ name: '佐藤' }]))).toEqual([{ name: '佐藤' }])
  })

  it('holds all pages of what the server chose', async () => {
    const asked: string[] = []
    const ask: AskPage<number> = async (query) => {
      asked.push(query.toString())
      const from = Number(query.get('cursor') ?? 0)
      return { items: [from, from + 1], next: from < 4 ? String(from + 2) : '' }
    }
    expect(await allRows(ask, 'search=x')).toEqual([0, 1, 2, 3, 4, 5])
    expect(asked).toEqual(['search=x&limit=200', 'search=x&limit=200&cursor=2', 'search=x&limit=200&cursor=4'])
  })

  it('is not made when a page fails', async () => {
    const ask: AskPage<number> = async (query) => {
      if (query.has('cursor')) throw new Error('away')
      return { items: [1], next: 'x' }
    }
    await expect(allRows(ask, '')).rejects.toThrow('away')
  })
})
