import { Table, Td, Th } from '../ui/table.tsx'
import { Prose } from './prose.tsx'

type Variable = { readonly standard: string; readonly meaning: string }

/** Variables by name, with what counts when one is not set. */
export function VariableList({ variables }: { variables: Readonly<Record<string, Variable>> }) {
  return (
    <Table label="Variables">
      <thead>
        <tr>
          <Th>Variable</Th>
          <Th>Default</Th>
          <Th>Meaning</Th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(variables).map(([name, { standard, meaning }]) => (
          <tr key={name}>
            <Td className="align-top">
              <code className="font-mono text-[12.5px]">{name}</code>
            </Td>
            <Td className="min-w-36 align-top text-ink-soft">
              <Prose text={standard} />
            </Td>
            <Td className="min-w-64 align-top text-ink-soft">
              <Prose text={meaning} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
