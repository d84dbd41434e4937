import type { UiLocale } from '#lib/oauth/ui-locales.ts'
import { de } from './de.ts'
import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import { ptBr } from './pt-br.ts'

const DICTIONARIES: Readonly<Record<UiLocale, Words>> = { en, de, fr, es, ja, 'pt-BR': ptBr }

export const wordsIn = (locale: UiLocale): Words => DICTIONARIES[locale]

/** A language by its own name: whoever looks for it may read no other. */
export const nameOfLanguage = (locale: UiLocale): string => DICTIONARIES[locale].language
