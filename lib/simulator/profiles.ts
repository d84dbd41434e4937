import type { Profile } from './profile.ts'
import { chatgptDocument, chatgptDocumentKeys, chatgptPredefined, chatgptRegistration } from './profiles/chatgpt.ts'
import { claudeAiDocuments, claudeAiRegistration } from './profiles/claude-ai.ts'
import { claudeCode } from './profiles/claude-code.ts'
import { codex, codexWithoutIss } from './profiles/codex.ts'
import { copilotStudio } from './profiles/copilot-studio.ts'
import { cursor } from './profiles/cursor.ts'
import { geminiCli } from './profiles/gemini-cli.ts'
import { inspector } from './profiles/inspector.ts'
import { mcpRemote } from './profiles/mcp-remote.ts'
import { pythonSdk } from './profiles/python-sdk.ts'
import { typescriptSdk } from './profiles/typescript-sdk.ts'
import { vsCode } from './profiles/vs-code.ts'

/** Every recorded client, in the order people look for them. */
export const profiles: readonly Profile[] = [
  claudeAiDocuments,
  claudeAiRegistration,
  claudeCode,
  chatgptDocument,
  chatgptDocumentKeys,
  chatgptRegistration,
  chatgptPredefined,
  codex,
  codexWithoutIss,
  cursor,
  vsCode,
  copilotStudio,
  geminiCli,
  inspector,
  mcpRemote,
  typescriptSdk,
  pythonSdk,
]
