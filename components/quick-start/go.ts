import { challengeValue, metadataPaths, portOf, resourceMetadata, type SnippetValues } from '../projects/snippets.ts'

/** A raw string of Go: it has no escapes, so a back quote ends it and begins another. */
const raw = (text: string): string => `\`${text.replaceAll('`', '` + "`" + `')}\``

export const goSnippet = (values: SnippetValues): string => `package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"log"
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

const (
	issuer    = ${JSON.stringify(values.issuer)}
	resource  = ${JSON.stringify(values.resource)}
	challenge = ${raw(challengeValue(values))}
	metadata  = ${raw(resourceMetadata(values))}
)

type tokenKey struct{}

// requireToken lets requests with a valid access token through and tells all others where to get one.
func requireToken(verifier *oidc.IDTokenVerifier, next http.Handler) http.Handler {
	refuse := func(w http.ResponseWriter, header string) {
		w.Header().Set("WWW-Authenticate", header)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id")
		w.WriteHeader(http.StatusUnauthorized)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, sent, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || sent == "" {
			refuse(w, challenge)
			return
		}
		token, err := verifier.Verify(r.Context(), sent)
		if err != nil || typeOf(sent) != "at+jwt" {
			refuse(w, challenge+${raw(', error="invalid_token"')})
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), tokenKey{}, token)))
	})
}

// typeOf tells an access token (RFC 9068) from other tokens of the same issuer.
func typeOf(token string) string {
	var header struct{ Typ string }
	part, _, _ := strings.Cut(token, ".")
	if decoded, err := base64.RawURLEncoding.DecodeString(part); err == nil {
		_ = json.Unmarshal(decoded, &header)
	}
	return header.Typ
}

func serveMetadata(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Write([]byte(metadata))
}

func main() {
	keys := oidc.NewRemoteKeySet(context.Background(), issuer+"/.well-known/jwks.json")
	verifier := oidc.NewVerifier(issuer, keys, &oidc.Config{ClientID: resource, SupportedSigningAlgs: []string{${JSON.stringify(values.algorithm)}}})
	mcp := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// your MCP server: r.Context().Value(tokenKey{}).(*oidc.IDToken).Subject is the user
	})
${metadataPaths(values.resource)
  .map((path) => `\thttp.HandleFunc(${JSON.stringify(path)}, serveMetadata)`)
  .join('\n')}
	http.Handle(${JSON.stringify(new URL(values.resource).pathname)}, requireToken(verifier, mcp))
	log.Fatal(http.ListenAndServe(":${portOf(values.resource)}", nil))
}
`
