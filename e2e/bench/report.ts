import { cpus } from 'node:os'
import type { Cell } from './measure.ts'
import { LATENCY_GOALS, type Operation } from './operations.ts'
import type { ServerName } from './servers/target.ts'

export type Ratio = { readonly value: number | null; readonly goal: number; readonly met: boolean | null }
export type Ratios = Readonly<Record<'cpuToFloor' | 'rateToFloor' | 'rateToOidcProvider' | 'p50ToFloor' | 'p99ToFloor', Ratio>>

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

const cpuOf = ({ serverCpu, postgresCpu }: Cell): number | null =>
  serverCpu === null || postgresCpu === null ? serverCpu : serverCpu + postgresCpu

/** The median over rounds of ours ÷ the other in the same round: what slowed both counts for neither. */
function paired(cells: readonly Cell[], other: ServerName, figure: (cell: Cell) => number | null): number | null {
  const ratios = cells.flatMap((cell) => {
    if (cell.server !== 'ours') return []
    const against = cells.find((one) => one.server === other && one.round === cell.round)
    const [ours, theirs] = [figure(cell), against ? figure(against) : null]
    return ours === null || !theirs ? [] : [ours / theirs]
  })
  return median(ratios)
}

const atMost = (value: number | null, goal: number): Ratio => ({ value, goal, met: value === null ? null : value <= goal })
const atLeast = (value: number | null, goal: number): Ratio => ({ value, goal, met: value === null ? null : value >= goal })

/** Ours against the others at one operation. */
export function ratiosOf({ name, goals }: Operation, all: readonly Cell[]): Ratios {
  const cells = all.filter((cell) => cell.operation === name)
  return {
    cpuToFloor: atMost(paired(cells, 'floor', cpuOf), goals.cpuToFloor),
    rateToFloor: atLeast(
      paired(cells, 'floor', (cell) => cell.perSecond),
      goals.rateToFloor,
    ),
    rateToOidcProvider: atLeast(
      paired(cells, 'oidc-provider', (cell) => cell.perSecond),
      goals.rateToOidcProvider,
    ),
    p50ToFloor: atMost(
      paired(cells, 'floor', (cell) => cell.p50),
      LATENCY_GOALS.p50ToFloor,
    ),
    p99ToFloor: atMost(
      paired(cells, 'floor', (cell) => cell.p99),
      LATENCY_GOALS.p99ToFloor,
    ),
  }
}

export type Machine = Readonly<Record<'date' | 'cpu' | 'node' | 'postgres' | 'generator' | 'ours' | 'load', string>>
export const cpuModel = (): string => `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  ')
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

function ratioText({ value, goal, met }: Ratio, bound: '≤' | '≥'): string {
  return value === null ? `n/a ${bound}${goal.toFixed(2)}  ` : `${value.toFixed(2)} ${bound}${goal.toFixed(2)} ${met ? '✓' : '✗'}`
}

function ratioRow(operation: Operation, cells: readonly Cell[]): string[] {
  const ratios = ratiosOf(operation, cells)
  return [
    operation.name,
    ratioText(ratios.cpuToFloor, '≤'),
    ratioText(ratios.rateToFloor, '≥'),
    ratioText(ratios.rateToOidcProvider, '≥'),
    ratioText(ratios.p50ToFloor, '≤'),
    ratioText(ratios.p99ToFloor, '≤'),
  ]
}

function absoluteRow(operation: string, server: ServerName, all: readonly Cell[]): string[] {
  const cells = all.filter((cell) => cell.operation === operation && cell.server === server)
  const typical = (figure: (cell: Cell) => number | null, digits: number): string =>
    median(cells.flatMap((cell) => figure(cell) ?? []))?.toFixed(digits) ?? 'n/a'
  const rates = cells.map((cell) => cell.perSecond)
  return [
    operation,
    server,
    typical((cell) => cell.perSecond, 0),
    `${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}`,
    typical((cell) => cell.p50, 2),
    typical((cell) => cell.p99, 2),
    typical((cell) => cell.serverCpu, 0),
    typical((cell) => cell.postgresCpu, 0),
  ]
}

/** The whole result as text. */
export function report(machine: Machine, chosen: readonly Operation[], servers: readonly ServerName[], cells: readonly Cell[]): string {
  const header = Object.entries(machine).map(([name, value]) => `${name.padEnd(10)} ${value}`)
  const ratios = table(
    ['ours ÷ other', 'CPU ÷ floor', 'req/s ÷ floor', 'req/s ÷ oidc-provider', 'p50 ÷ floor', 'p99 ÷ floor'],
    chosen.map((operation) => ratioRow(operation, cells)),
  )
  const absolute = table(
    ['operation', 'server', 'req/s', 'lowest–highest', 'p50 ms', 'p99 ms', 'CPU µs server', 'CPU µs PostgreSQL'],
    chosen.flatMap(({ name }) => servers.map((server) => absoluteRow(name, server, cells))),
  )
  const notes = [
    'Medians over rounds; ratios are paired within a round. ✓ ✗: goal met or not, never an assertion.',
    'The goals of code exchange were set for authorize and token together.',
  ]
  return [...header, '', ratios, '', absolute, '', ...notes].join('\n')
}
