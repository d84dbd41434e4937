'use client'

import { Bar, CartesianGrid, BarChart as Chart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { slotLabel, slotName } from './usage-words.ts'

export type Series = { readonly key: string; readonly name: string; readonly color: string }
export type ChartPoint = { readonly at: Date } & Readonly<Record<string, number | Date>>

type BarChartProps = { points: readonly ChartPoint[]; series: readonly Series[]; slot: 'hour' | 'day' }

/**
 * Bars above each other. Its place is as high before it is drawn as afterwards; nothing moves. Hidden from assistive technology:
 * the table beside it says the same.
 */
export function BarChart({ points, series, slot }: BarChartProps) {
  return (
    <div aria-hidden className="h-40 min-w-0 text-xs">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 160 }}>
        <Chart data={[...points]} margin={{ top: 6, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false} barCategoryGap="18%">
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            tickFormatter={(at: Date) => slotLabel(at, slot)}
            tick={{ fill: 'var(--ink-faint)', fontSize: 11 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            minTickGap={28}
          />
          <YAxis
            width={38}
            allowDecimals={false}
            tickFormatter={(value: number) => SHORT.format(value)}
            tick={{ fill: 'var(--ink-faint)', fontSize: 11 }}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            labelFormatter={(at) => (at instanceof Date ? slotName(at, slot) : '')}
            formatter={(value) => Number(value).toLocaleString('en')}
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--raised)',
              border: '1px solid var(--line)',
              borderRadius: 8,
              boxShadow: 'var(--shadow-pop)',
              fontSize: 12,
            }}
            labelStyle={{ color: 'var(--ink-soft)' }}
            itemStyle={{ color: 'var(--ink)', padding: 0 }}
          />
          {series.map(({ key, name, color }) => (
            <Bar key={key} dataKey={key} name={name} fill={color} stackId="all" isAnimationActive={false} maxBarSize={28} />
          ))}
        </Chart>
      </ResponsiveContainer>
    </div>
  )
}

const SHORT = new Intl.NumberFormat('en', { notation: 'compact' })
